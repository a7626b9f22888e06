package io.langfuse4j.instrumentation.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chat completions of OpenAI, as recorded of its own client. */
public class OpenAIChatDialect implements ChatDialect {

  public static final String TOOLS =
      "[{\"type\":\"function\",\"function\":{\"name\":\"weather\",\"description\":\"Weather of a"
          + " city\"}}]";

  @Override
  public String observationName() {
    return "OpenAI-generation";
  }

  @Override
  public void answer(StubProvider provider, ChatReply reply, boolean streaming) {
    if (streaming) {
      provider.events(events(reply));
    } else {
      provider.json(200, whole(reply));
    }
  }

  private static String whole(ChatReply reply) {
    return switch (reply) {
      case TEXT -> ChatWire.completion(ChatWire.TEXT, "stop");
      case TOOL -> ChatWire.completion(ChatWire.TOOL_CALLS, "tool_calls");
      case PARALLEL_TOOLS -> ChatWire.completion(ChatWire.PARALLEL_TOOL_CALLS, "tool_calls");
      case REFUSAL -> ChatWire.completion(ChatWire.REFUSAL, "stop");
      case NOTHING -> ChatWire.completionOf();
    };
  }

  private static List<String> events(ChatReply reply) {
    return switch (reply) {
      case TEXT -> ChatWire.textEvents();
      case TOOL -> ChatWire.toolEvents();
      case PARALLEL_TOOLS -> ChatWire.parallelToolEvents();
      case REFUSAL -> ChatWire.refusalEvents();
      case NOTHING -> {
        List<String> all = ChatWire.textEvents();
        yield List.of(
            ChatWire.chunkWithoutChoices(), all.get(all.size() - 2), all.get(all.size() - 1));
      }
    };
  }

  @Override
  public void refuse(StubProvider provider, int status) {
    provider.json(status, ChatWire.error("The provider says no.", "some_type", "some_code"));
  }

  @Override
  public void cut(StubProvider provider) {
    provider.cut(ChatWire.textEvents().subList(0, 3));
  }

  @Override
  public void stall(StubProvider provider) {
    provider.stalled(ChatWire.textEvents().subList(0, 2));
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", "gpt-4o");
    fields.put("model.parameters", parameters(streaming));
    fields.put("input", withTools ? withTools() : messages("Hello?"));
    return fields;
  }

  protected Map<String, Object> parameters(boolean streaming) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    if (streaming) {
      parameters.put("stream_options", Map.of("include_usage", true));
    }
    parameters.put("temperature", 0.2);
    parameters.put("max_completion_tokens", 50);
    return parameters;
  }

  protected Object withTools() {
    return Map.of(
        "messages", messages("What is the weather in Paris?"), "tools", StubProvider.parsed(TOOLS));
  }

  protected static List<Object> messages(String question) {
    return List.of(
        Map.of("role", "system", "content", "Be brief."),
        Map.of("role", "user", "content", question));
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = begun(withTools, streaming);
    fields.put("usage_details", usage());
    switch (reply) {
      case TEXT -> finished(fields, "stop", Map.of("role", "assistant", "content", "Hello Ada."));
      case REFUSAL ->
          finished(fields, "stop", Map.of("role", "assistant", "refusal", "I will not."));
      case TOOL -> finished(fields, "tool_calls", toolCalls("Paris"));
      case PARALLEL_TOOLS -> finished(fields, "tool_calls", toolCalls("Paris", "Rome"));
      case NOTHING -> {}
    }
    return fields;
  }

  private Map<String, Object> begun(boolean withTools, boolean streaming) {
    Map<String, Object> fields = asked(withTools, streaming);
    fields.put("model.name", ChatWire.MODEL);
    Map<String, Object> parameters = parameters(streaming);
    parameters.put("service_tier", "default");
    fields.put("model.parameters", parameters);
    fields.put("metadata.response_id", "chatcmpl-1");
    return fields;
  }

  protected Map<String, Object> usage() {
    return Map.of(
        "input", 20,
        "output", 15,
        "total", 50,
        "input_cached_tokens", 10,
        "output_reasoning_tokens", 5);
  }

  private static void finished(Map<String, Object> fields, String reason, Object output) {
    fields.put("metadata.finish_reason", reason);
    fields.put("output", output);
  }

  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = begun(false, true);
    fields.put("output", Map.of("role", "assistant", "content", text));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    return Map.of(
        "metadata.http_status", (long) status,
        "metadata.error_type", "some_type",
        "metadata.error_code", "some_code",
        "metadata.error_param", "messages",
        "metadata.request_id", "req_stub");
  }

  /** A message that calls the tool {@code weather} once for each city. */
  public static Map<String, Object> toolCalls(String... cities) {
    List<Object> calls = new ArrayList<>();
    for (String city : cities) {
      calls.add(
          Map.of(
              "id",
              "call_" + (calls.size() + 1),
              "type",
              "function",
              "function",
              Map.of("name", "weather", "arguments", "{\"city\":\"" + city + "\"}")));
    }
    return Map.of("role", "assistant", "tool_calls", calls);
  }
}
