package io.langfuse4j.prompt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where messages go that are only known when the prompt is compiled, such as the chat so far. */
public record MessagePlaceholder(String name) implements PromptMessage {

  @Override
  public Map<String, @Nullable Object> asMap() {
    return Map.of("type", "placeholder", "name", name);
  }
}
