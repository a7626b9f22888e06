package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.language.Words;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** How much of an answer is taken from what the model was given, rather than made up. */
final class Grounding {
  /** Policies are in the system message. */
  private static final Set<String> SOURCES = Set.of("system", "tool");

  private Grounding() {}

  /**
   * The share of the answer's words that stand in a policy or a tool's result.
   *
   * @param messages what the model was given, instructions with policies first
   * @return from 0 to 1
   */
  static double of(String answer, List<ChatMessage> messages) {
    Set<String> said = Words.of(answer);
    if (said.isEmpty()) {
      return 0;
    }
    Set<String> known = new HashSet<>();
    messages.stream()
        .filter(message -> SOURCES.contains(message.role()))
        .forEach(message -> known.addAll(Words.of(message.text())));
    long grounded = said.stream().filter(known::contains).count();
    return (double) grounded / said.size();
  }
}
