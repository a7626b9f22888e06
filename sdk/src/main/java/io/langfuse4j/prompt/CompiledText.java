package io.langfuse4j.prompt;

import java.util.List;

/**
 * A text prompt with its variables filled in. Immutable.
 *
 * @param missing the variables for which there was no value; they stand in the text as written
 */
public record CompiledText(String text, List<String> missing) {

  /** Whether every variable had a value. */
  public boolean isComplete() {
    return missing.isEmpty();
  }

  /** The text as the one message of a user, for what takes chats. */
  public CompiledChat asChat() {
    return new CompiledChat(List.of(ChatMessage.user(text)), missing);
  }

  /** The text alone. */
  @Override
  public String toString() {
    return text;
  }
}
