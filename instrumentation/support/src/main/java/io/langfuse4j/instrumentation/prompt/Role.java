package io.langfuse4j.instrumentation.prompt;

import io.langfuse4j.prompt.ChatMessage;
import java.util.Locale;

/** Who says a message. */
public enum Role {
  /** Also {@code developer}, as OpenAI's newer models have it. */
  SYSTEM,
  USER,
  /** Also {@code model}, as Google has it. */
  ASSISTANT,
  TOOL;

  /**
   * The role of that name, in whatever case.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Role of(int number, String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "system", "developer" -> SYSTEM;
      case "user" -> USER;
      case "assistant", "model" -> ASSISTANT;
      case "tool" -> TOOL;
      default ->
          throw Turn.refused(
              number,
              (name.equals(ChatMessage.NO_ROLE)
                      ? "it has no role"
                      : "it has the role '" + name + "'")
                  + "; roles are system, developer, user, assistant and tool");
    };
  }
}
