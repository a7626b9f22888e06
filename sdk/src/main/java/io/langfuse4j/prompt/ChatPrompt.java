package io.langfuse4j.prompt;

import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.PromptVersion;
import io.langfuse4j.internal.Warnings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A prompt that is a list of messages and of placeholders for more. Immutable. */
public final class ChatPrompt extends Prompt {

  private static final Warnings warnings =
      new Warnings(Logger.getLogger(ChatPrompt.class.getName()));

  private final List<PromptMessage> entries;

  ChatPrompt(PromptVersion stored) {
    super(stored);
    this.entries =
        stored.objects("prompt").stream()
            .map(ApiObject::fields)
            .map(PromptMessage::of)
            .map(ChatPrompt::withoutExtras)
            .toList();
  }

  ChatPrompt(String name, PromptOptions options, List<? extends PromptMessage> fallback) {
    super(name, options);
    this.entries = List.copyOf(fallback);
  }

  private static PromptMessage withoutExtras(PromptMessage entry) {
    return entry instanceof ChatMessage message ? message.withoutExtras() : entry;
  }

  /** The messages and placeholders as they are stored. */
  public List<PromptMessage> template() {
    return entries;
  }

  /** The messages with nothing filled in. */
  public CompiledChat compile() {
    return compile(Map.of());
  }

  /**
   * The messages with variables and placeholders filled in.
   *
   * @param values by name. For a placeholder a list of {@link ChatMessage}s or of maps, which keep
   *     all their fields and may use variables themselves; an empty list removes it. What is not
   *     given stays as it is and is reported by the result
   */
  public CompiledChat compile(Map<String, ?> values) {
    PromptTemplate.Values variables = PromptTemplate.Values.of(values);
    List<PromptMessage> compiled = new ArrayList<>();
    for (PromptMessage entry : entries) {
      if (entry instanceof ChatMessage message) {
        compiled.add(message.compiled(variables));
      } else if (entry instanceof MessagePlaceholder placeholder) {
        Object given = values.get(placeholder.name());
        if (given == null) {
          compiled.add(placeholder);
        } else {
          messages(placeholder.name(), given)
              .forEach(message -> compiled.add(message.compiled(variables)));
        }
      }
    }
    return new CompiledChat(List.copyOf(compiled), List.copyOf(variables.missing()));
  }

  private static Stream<ChatMessage> messages(String placeholder, Object given) {
    return given instanceof Collection<?> several
        ? several.stream().map(each -> message(placeholder, each))
        : Stream.of(message(placeholder, given));
  }

  @SuppressWarnings("unchecked") // a message is read by its names
  private static ChatMessage message(String placeholder, @Nullable Object given) {
    if (given instanceof ChatMessage message) {
      return message;
    }
    if (given instanceof Map<?, ?> map) {
      return ChatMessage.of((Map<String, Object>) map);
    }
    warnings.once(
        placeholder,
        "The placeholder '"
            + placeholder
            + "' of a prompt was given something that is no message; its text was put in.");
    return ChatMessage.of(ChatMessage.NO_ROLE, String.valueOf(given));
  }

  /**
   * The messages for template engines with single braces, such as LangChain; see {@link
   * TextPrompt#toSingleBraces}.
   */
  public CompiledChat toSingleBraces(Map<String, ?> values) {
    CompiledChat compiled = compile(values);
    List<PromptMessage> converted = new ArrayList<>();
    for (PromptMessage entry : compiled.entries()) {
      converted.add(
          entry instanceof ChatMessage message && message.content() instanceof String text
              ? ChatMessage.of(message.role(), PromptTemplate.withSingleBraces(text))
              : entry);
    }
    return new CompiledChat(List.copyOf(converted), compiled.missing());
  }

  @Override
  public List<String> variables() {
    return entries.stream()
        .filter(ChatMessage.class::isInstance)
        .flatMap(entry -> PromptTemplate.variables(((ChatMessage) entry).text()).stream())
        .toList();
  }

  @Override
  public Object content() {
    return entries.stream().map(PromptMessage::asMap).toList();
  }
}
