package io.langfuse4j.prompt;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a chat prompt is a list of. */
public sealed interface PromptMessage permits ChatMessage, MessagePlaceholder {

  /** As the server and the other SDKs write it. */
  Map<String, @Nullable Object> asMap();

  /** Reads a stored message or placeholder. */
  static PromptMessage of(Map<String, ? extends @Nullable Object> map) {
    return "placeholder".equals(map.get("type"))
        ? new MessagePlaceholder(String.valueOf(map.get("name")))
        : ChatMessage.of(map);
  }
}
