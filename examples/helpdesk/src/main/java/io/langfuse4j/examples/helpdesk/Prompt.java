package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.TokenCounter;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is put to the model: instructions, as many passages as fit, and the question.
 *
 * @param metadata how much context there was, and a notice if not all of it fitted
 */
record Prompt(List<ChatMessage> messages, Map<String, Object> metadata) {
  private static final int CONTEXT_TOKENS = 600;
  private static final String INSTRUCTIONS =
      "You are the help desk of Harbour Lamp, a small online shop for lamps. Answer from the"
          + " policies below and from the results of tools. If they do not say, say so.";

  static Prompt of(String question, List<Passage> passages) {
    Context context = Context.of(passages, CONTEXT_TOKENS);
    return new Prompt(
        List.of(
            ChatMessage.system(INSTRUCTIONS + "\n\n" + context.text()), ChatMessage.user(question)),
        metadata(context));
  }

  private static Map<String, Object> metadata(Context context) {
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("context_tokens", TokenCounter.count(context.text()));
    metadata.put("context_limit", CONTEXT_TOKENS);
    if (!context.shortened().isEmpty()) {
      metadata.put("context_notice", "Too long, cut short: " + context.shortened());
    }
    return metadata;
  }
}
