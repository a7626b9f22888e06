package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.examples.helpdesk.chat.ChatClient;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.RateLimitedException;
import io.langfuse4j.examples.helpdesk.chat.StreamListener;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import io.langfuse4j.examples.helpdesk.chat.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Asks the model. Each request is a generation, also one that the provider refuses. */
final class Model {
  private static final int MAX_ATTEMPTS = 4;
  private static final double TEMPERATURE = 0.0;
  private static final int MAX_TOKENS = 300;

  private final Langfuse langfuse;
  private final ChatClient client;
  private final String name;

  Model(Langfuse langfuse, ChatClient client, String name) {
    this.langfuse = langfuse;
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
    ChatRequest greeting = ChatRequest.of(name, List.of(ChatMessage.user("Hello")));
    client.complete(greeting.withSampling(TEMPERATURE, 1));
    client.stream(greeting.withSampling(TEMPERATURE, 1), text -> {});
  }

  /**
   * Asks, and asks again while the provider is busy.
   *
   * @param metadata what to note on the generation
   */
  ChatReply ask(
      List<ChatMessage> messages,
      List<ToolDefinition> tools,
      Map<String, Object> metadata,
      boolean streamed) {
    ChatRequest request =
        ChatRequest.of(name, messages).withTools(tools).withSampling(TEMPERATURE, MAX_TOKENS);
    for (int attempt = 1; ; attempt++) {
      try {
        return attempt(request, metadata, streamed);
      } catch (RateLimitedException e) {
        if (attempt == MAX_ATTEMPTS) {
          throw e;
        }
        pause(e.retryAfter());
      }
    }
  }

  private ChatReply attempt(ChatRequest request, Map<String, Object> metadata, boolean streamed) {
    return langfuse.observe(
        "answer",
        GENERATION,
        generation -> {
          generation
              .model(name)
              .modelParameters(Map.of("temperature", TEMPERATURE, "max_tokens", MAX_TOKENS))
              .input(Map.of("messages", request.messages(), "tools", request.offeredTools()))
              .metadata(metadata);
          ChatReply reply = streamed ? stream(request, generation) : client.complete(request);
          generation.model(reply.model()).output(reply.message());
          recordUsage(generation, reply);
          return reply;
        });
  }

  private ChatReply stream(ChatRequest request, LangfuseGeneration generation) {
    StreamListener firstText =
        new StreamListener() {
          private boolean seen;

          @Override
          public void onText(String text) {
            if (!seen) {
              seen = true;
              generation.completionStartTime(Instant.now());
            }
          }
        };
    return client.stream(request, firstText);
  }

  private static void recordUsage(LangfuseGeneration generation, ChatReply reply) {
    Usage usage = reply.usage();
    if (usage != null) {
      generation.usage(
          tokens -> tokens.input(usage.promptTokens()).output(usage.completionTokens()));
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
