package io.langfuse4j.examples.helpdesk;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseGeneration;
import io.langfuse4j.examples.helpdesk.chat.ChatClient;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.ModelClient;
import io.langfuse4j.examples.helpdesk.chat.StreamListener;
import io.langfuse4j.examples.helpdesk.chat.Usage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Traces a client by hand: each request is a generation, also one that the provider refuses. The
 * integrations of Langfuse4j do this for the libraries they know.
 */
final class TracedChatClient implements ModelClient {
  private final Langfuse langfuse;
  private final ChatClient client;

  TracedChatClient(Langfuse langfuse, ChatClient client) {
    this.langfuse = langfuse;
    this.client = client;
  }

  @Override
  public ChatReply ask(ChatRequest request) {
    return langfuse.observe(
        "answer",
        GENERATION,
        generation -> {
          generation
              .model(request.model())
              .modelParameters(parameters(request))
              .input(Map.of("messages", request.messages(), "tools", request.offeredTools()));
          ChatReply reply = send(request, new FirstText(generation));
          generation.model(reply.model()).output(reply.message());
          recordUsage(generation, reply);
          return reply;
        });
  }

  @Override
  public void warmUp(ChatRequest request) {
    send(request, text -> {});
  }

  private ChatReply send(ChatRequest request, StreamListener listener) {
    return request.wantsStream() ? client.stream(request, listener) : client.complete(request);
  }

  private static Map<String, Object> parameters(ChatRequest request) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (request.temperature() != null) {
      parameters.put("temperature", request.temperature());
    }
    if (request.maxTokens() != null) {
      parameters.put("max_tokens", request.maxTokens());
    }
    return parameters;
  }

  private static void recordUsage(LangfuseGeneration generation, ChatReply reply) {
    Usage usage = reply.usage();
    if (usage != null) {
      generation.usage(
          tokens -> tokens.input(usage.promptTokens()).output(usage.completionTokens()));
    }
  }

  /** Notes when the first piece of a streamed reply arrived. */
  private static final class FirstText implements StreamListener {
    private final LangfuseGeneration generation;
    private boolean seen;

    FirstText(LangfuseGeneration generation) {
      this.generation = generation;
    }

    @Override
    public void onText(String text) {
      if (!seen) {
        seen = true;
        generation.completionStartTime(Instant.now());
      }
    }
  }
}
