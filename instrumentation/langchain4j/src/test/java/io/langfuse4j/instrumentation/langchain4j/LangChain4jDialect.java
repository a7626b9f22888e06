package io.langfuse4j.instrumentation.langchain4j;

import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.OpenAIChatDialect;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** OpenAI's chat as recorded of LangChain4j's own client for it. */
final class LangChain4jDialect extends OpenAIChatDialect {

  @Override
  public String observationName() {
    return "chat";
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = super.asked(withTools, streaming);
    fields.put("metadata.provider", "open_ai");
    return fields;
  }

  @Override
  protected Map<String, Object> parameters(boolean streaming) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("temperature", 0.2);
    parameters.put("max_completion_tokens", 50);
    return parameters;
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = super.answered(reply, withTools, streaming);
    return switch (reply) {
      case NOTHING -> streaming ? empty(fields) : failed(withTools, OpenAiModels.NO_CHOICES);
      case REFUSAL -> streaming ? empty(fields) : failed(withTools, "I will not.");
      default -> fields;
    };
  }

  private static Map<String, Object> empty(Map<String, Object> fields) {
    fields.put("output", Map.of("role", "assistant"));
    return fields;
  }

  /** Refusals and answers without choices are exceptions in this library. */
  private Map<String, Object> failed(boolean withTools, String message) {
    Map<String, Object> fields = asked(withTools, false);
    fields.put("level", "ERROR");
    fields.put("status_message", message);
    fields.put("cost_details", Map.of("input", 0, "output", 0, "total", 0));
    return fields;
  }

  /** The library does not understand calls whose pieces come by turns; one after the other. */
  @Override
  public void answer(StubProvider provider, ChatReply reply, boolean streaming) {
    if (streaming && reply == ChatReply.PARALLEL_TOOLS) {
      List<String> byTurns = ChatWire.parallelToolEvents();
      provider.events(Stream.of(0, 1, 4, 6, 2, 3, 5, 7, 8, 9).map(byTurns::get).toList());
    } else {
      super.answer(provider, reply, streaming);
    }
  }

  /** What the provider says of an answer comes with its end. */
  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = asked(false, true);
    fields.put("output", Map.of("role", "assistant", "content", text));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    return Map.of(
        "status_message", "The provider says no.",
        "metadata.http_status", (long) status,
        "metadata.error_type", "some_type",
        "metadata.error_code", "some_code",
        "metadata.error_param", "messages");
  }

  static List<Object> question(String text) {
    return messages(text);
  }
}
