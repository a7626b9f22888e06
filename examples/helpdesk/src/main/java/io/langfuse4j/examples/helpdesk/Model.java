package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.chat.RateLimitedException;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import java.time.Duration;
import java.util.List;

/** Asks the model, and asks again while the provider is busy. */
final class Model {
  private static final int MAX_ATTEMPTS = 4;
  private static final double TEMPERATURE = 0.0;
  private static final int MAX_TOKENS = 300;

  private final ModelClient client;
  private final String name;

  Model(ModelClient client, String name) {
    this.client = client;
    this.name = name;
  }

  String name() {
    return name;
  }

  /**
   * Asks without a trace, so that connections and classes are there for the first real question.
   */
  void warmUp() {
    ChatRequest greeting =
        ChatRequest.of(name, List.of(ChatMessage.user("Hello"))).withSampling(TEMPERATURE, 1);
    client.warmUp(greeting);
    client.warmUp(greeting.streamed());
  }

  /** Asks until there is a reply. */
  ChatReply ask(List<ChatMessage> messages, List<ToolDefinition> tools, boolean streamed) {
    ChatRequest whole =
        ChatRequest.of(name, messages).withTools(tools).withSampling(TEMPERATURE, MAX_TOKENS);
    ChatRequest request = streamed ? whole.streamed() : whole;
    for (int attempt = 1; ; attempt++) {
      try {
        return client.ask(request);
      } catch (RateLimitedException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause(e.retryAfter());
      }
    }
  }

  private static void pause(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for the provider", e);
    }
  }
}
