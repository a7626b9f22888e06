package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.ObservationType.AGENT;

import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.policies.Passage;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers a question: looks up the policies it is about, lets a model write the answer, and runs
 * the tools that the model asks for. Everything ends up in one trace.
 */
final class HelpDesk {
  private static final int MAX_ROUNDS = 4;

  private final Langfuse langfuse;
  private final Retriever retriever;
  private final Model model;
  private final Toolbox toolbox;

  HelpDesk(Langfuse langfuse, Retriever retriever, Model model, Toolbox toolbox) {
    this.langfuse = langfuse;
    this.retriever = retriever;
    this.model = model;
    this.toolbox = toolbox;
  }

  /** Answers in a trace of its own, which belongs to the customer's session. */
  Answer answer(Question question) {
    try (PropagationScope ignored =
        Langfuse.propagateAttributes(
            trace ->
                trace
                    .userId(question.customer())
                    .sessionId(question.session())
                    .tags("helpdesk", question.channel()))) {
      return langfuse.observe(
          "answer-question",
          AGENT,
          agent -> {
            agent.input(question.text());
            List<Passage> passages = retriever.retrieve(question.text());
            Prompt prompt = Prompt.of(question.text(), passages);
            agent.metadata(prompt.metadata());
            List<ChatMessage> messages = new ArrayList<>(prompt.messages());
            String text = converse(messages, question.streamed());
            agent.output(text);
            Answer answer =
                new Answer(question, text, passages, Grounding.of(text, messages), agent.traceId());
            agent
                .score("grounded", answer.grounded())
                .scoreTrace("retrieval@1", answer.foundExpectedPolicyFirst());
            return answer;
          });
    }
  }

  /** Asks the model, and again with the results of its tools, until it has an answer. */
  private String converse(List<ChatMessage> messages, boolean streamed) {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      ChatReply reply = model.ask(messages, toolbox.definitions(), streamed);
      if (reply.message().calls().isEmpty()) {
        return reply.message().text();
      }
      messages.add(reply.message());
      for (ToolCall call : reply.message().calls()) {
        messages.add(ChatMessage.toolResult(call, toolbox.call(call)));
      }
    }
    throw new IllegalStateException("No answer after " + MAX_ROUNDS + " rounds of tools");
  }
}
