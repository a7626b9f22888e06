package io.langfuse4j.prompt;

import io.langfuse4j.api.PromptVersion;
import java.util.List;
import java.util.Map;

/** A prompt that is one text. Immutable. */
public final class TextPrompt extends Prompt {

  private final String template;

  TextPrompt(PromptVersion stored) {
    super(stored);
    this.template = String.valueOf(stored.prompt());
  }

  TextPrompt(String name, PromptOptions options, String fallback) {
    super(name, options);
    this.template = fallback;
  }

  /** The text as it is stored, with {@code {{variables}}}. */
  public String template() {
    return template;
  }

  /** The text with no variable filled in. */
  public CompiledText compile() {
    return compile(Map.of());
  }

  /**
   * The text with variables filled in.
   *
   * @param variables values by name; null becomes empty, maps and lists JSON. A variable that is
   *     not given stays as it is written and is reported by {@link CompiledText#missing()}
   */
  public CompiledText compile(Map<String, ?> variables) {
    PromptTemplate.Values values = PromptTemplate.Values.of(variables);
    String text = PromptTemplate.compile(template, values);
    return new CompiledText(text, List.copyOf(values.missing()));
  }

  /**
   * The text for template engines with single braces, such as LangChain: {@code {{name}}} becomes
   * {@code {name}} and braces of JSON are doubled. What {@code variables} has is filled in before.
   */
  public String toSingleBraces(Map<String, ?> variables) {
    return PromptTemplate.withSingleBraces(
        variables.isEmpty() ? template : compile(variables).text());
  }

  @Override
  public List<String> variables() {
    return PromptTemplate.variables(template);
  }

  @Override
  public Object content() {
    return template;
  }
}
