package io.langfuse4j.prompt;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A chat prompt with its variables and placeholders filled in. Immutable.
 *
 * @param entries in order; placeholders for which there were no messages are still among them
 * @param missing the variables for which there was no value; they stand in the texts as written
 */
public record CompiledChat(List<PromptMessage> entries, List<String> missing) {

  /** The messages, ready to be sent; placeholders that were not filled are left out. */
  public List<ChatMessage> messages() {
    return entries.stream()
        .filter(ChatMessage.class::isInstance)
        .map(ChatMessage.class::cast)
        .toList();
  }

  /** The placeholders for which there were no messages. */
  public List<String> missingPlaceholders() {
    return entries.stream()
        .filter(MessagePlaceholder.class::isInstance)
        .map(entry -> ((MessagePlaceholder) entry).name())
        .toList();
  }

  /** Whether every variable and every placeholder had a value. */
  public boolean isComplete() {
    return missing.isEmpty() && missingPlaceholders().isEmpty();
  }

  /** As the other SDKs return it: unfilled placeholders included. */
  public List<Map<String, @Nullable Object>> asMaps() {
    return entries.stream().map(PromptMessage::asMap).toList();
  }

  /** One message a line. */
  @Override
  public String toString() {
    return messages().stream().map(ChatMessage::toString).collect(Collectors.joining("\n"));
  }
}
