package io.langfuse4j.instrumentation.anthropic;

import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.OpenAIChatDialect;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Messages as Anthropic's documentation describes them on the wire, written for these tests. */
final class AnthropicWire implements ChatDialect {

  static final String MODEL = "claude-sonnet-4-5-20250929";

  private static final String INPUT_USAGE =
      "\"input_tokens\":10,\"cache_read_input_tokens\":7,\"cache_creation_input_tokens\":5,"
          + "\"cache_creation\":{\"ephemeral_5m_input_tokens\":2,\"ephemeral_1h_input_tokens\":3},"
          + "\"service_tier\":\"standard\"";

  static String message(String content, String stopReason) {
    return "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\""
        + MODEL
        + "\","
        + "\"content\":["
        + content
        + "],\"stop_reason\":\""
        + stopReason
        + "\","
        + "\"stop_sequence\":null,\"usage\":{"
        + INPUT_USAGE
        + ",\"output_tokens\":20}}";
  }

  static String text(String text) {
    return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
  }

  static String toolUse(String id, String city) {
    return "{\"type\":\"tool_use\",\"id\":\""
        + id
        + "\",\"name\":\"weather\",\"input\":{\"city\":\""
        + city
        + "\"}}";
  }

  static String event(String data) {
    String type = data.substring(9, data.indexOf('"', 9));
    return "event: " + type + "\ndata: " + data + "\n\n";
  }

  static String start() {
    return event(
        "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
            + "\"model\":\""
            + MODEL
            + "\",\"content\":[],\"stop_reason\":null,\"stop_sequence\":null,"
            + "\"usage\":{"
            + INPUT_USAGE
            + ",\"output_tokens\":1}}}");
  }

  static String blockStart(int index, String block) {
    return event(
        "{\"type\":\"content_block_start\",\"index\":"
            + index
            + ",\"content_block\":"
            + block
            + "}");
  }

  static String delta(int index, String delta) {
    return event(
        "{\"type\":\"content_block_delta\",\"index\":" + index + ",\"delta\":" + delta + "}");
  }

  static String textDelta(int index, String text) {
    return delta(index, "{\"type\":\"text_delta\",\"text\":\"" + text + "\"}");
  }

  static String jsonDelta(int index, String json) {
    return delta(index, "{\"type\":\"input_json_delta\",\"partial_json\":\"" + json + "\"}");
  }

  static String blockStop(int index) {
    return event("{\"type\":\"content_block_stop\",\"index\":" + index + "}");
  }

  static List<String> end(String stopReason) {
    return List.of(
        event(
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
                + stopReason
                + "\",\"stop_sequence\":null},\"usage\":{\"output_tokens\":20}}"),
        event("{\"type\":\"message_stop\"}"));
  }

  private static List<String> textEvents(String stopReason, String... pieces) {
    List<String> events = new ArrayList<>();
    events.add(start());
    events.add(blockStart(0, text("")));
    events.add(event("{\"type\":\"ping\"}"));
    for (String piece : pieces) {
      events.add(textDelta(0, piece));
    }
    events.add(blockStop(0));
    events.addAll(end(stopReason));
    return events;
  }

  private static List<String> toolEvents(String... cities) {
    List<String> events = new ArrayList<>();
    events.add(start());
    for (int i = 0; i < cities.length; i++) {
      events.add(
          blockStart(
              i,
              "{\"type\":\"tool_use\",\"id\":\"call_"
                  + (i + 1)
                  + "\",\"name\":\"weather\",\"input\":{}}"));
    }
    for (int i = 0; i < cities.length; i++) {
      events.add(jsonDelta(i, ""));
      events.add(jsonDelta(i, "{\\\"city\\\":"));
    }
    for (int i = 0; i < cities.length; i++) {
      events.add(jsonDelta(i, "\\\"" + cities[i] + "\\\"}"));
      events.add(blockStop(i));
    }
    events.addAll(end("tool_use"));
    return events;
  }

  static String error(String type) {
    return "{\"type\":\"error\",\"error\":{\"type\":\""
        + type
        + "\",\"message\":\"The provider says no.\"},\"request_id\":\"req_stub\"}";
  }

  @Override
  public String observationName() {
    return "Anthropic-generation";
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
      case TEXT -> message(text("Hello Ada."), "end_turn");
      case TOOL -> message(toolUse("call_1", "Paris"), "tool_use");
      case PARALLEL_TOOLS ->
          message(toolUse("call_1", "Paris") + "," + toolUse("call_2", "Rome"), "tool_use");
      case REFUSAL -> message(text("I will not."), "refusal");
      case NOTHING -> message("", "end_turn");
    };
  }

  private static List<String> events(ChatReply reply) {
    return switch (reply) {
      case TEXT -> textEvents("end_turn", "Hello", " Ada", ".");
      case TOOL -> toolEvents("Paris");
      case PARALLEL_TOOLS -> toolEvents("Paris", "Rome");
      case REFUSAL -> textEvents("refusal", "I will", " not.");
      case NOTHING -> {
        List<String> events = new ArrayList<>();
        events.add(start());
        events.addAll(end("end_turn"));
        yield events;
      }
    };
  }

  @Override
  public void refuse(StubProvider provider, int status) {
    provider.json(status, error("some_type"));
  }

  @Override
  public void cut(StubProvider provider) {
    provider.cut(textEvents("end_turn", "Hello", " Ada", ".").subList(0, 5));
  }

  @Override
  public void stall(StubProvider provider) {
    provider.stalled(textEvents("end_turn", "Hello").subList(0, 4));
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", "claude-sonnet-4-5");
    fields.put("model.parameters", Map.of("temperature", 0.2, "max_tokens", 50));
    List<Object> messages =
        List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of(
                "role", "user", "content", withTools ? "What is the weather in Paris?" : "Hello?"));
    fields.put(
        "input",
        withTools
            ? Map.of("messages", messages, "tools", StubProvider.parsed("[" + TOOL + "]"))
            : messages);
    return fields;
  }

  static final String TOOL =
      "{\"name\":\"weather\",\"description\":\"Weather of a city\","
          + "\"input_schema\":{\"type\":\"object\"}}";

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = begun(withTools, 20);
    switch (reply) {
      case TEXT -> finished(fields, "end_turn", said("Hello Ada."));
      case REFUSAL -> finished(fields, "refusal", said("I will not."));
      case TOOL -> finished(fields, "tool_use", OpenAIChatDialect.toolCalls("Paris"));
      case PARALLEL_TOOLS ->
          finished(fields, "tool_use", OpenAIChatDialect.toolCalls("Paris", "Rome"));
      case NOTHING -> fields.put("metadata.finish_reason", "end_turn");
    }
    return fields;
  }

  private static Map<String, Object> said(String text) {
    return Map.of("role", "assistant", "content", text);
  }

  private Map<String, Object> begun(boolean withTools, int outputTokens) {
    Map<String, Object> fields = asked(withTools, true);
    fields.put("model.name", MODEL);
    fields.put(
        "model.parameters",
        Map.of("temperature", 0.2, "max_tokens", 50, "service_tier", "standard"));
    fields.put("metadata.response_id", "msg_1");
    fields.put(
        "usage_details",
        Map.of(
            "input", 10,
            "output", outputTokens,
            "input_cached_tokens", 7,
            "input_cache_creation_5m", 2,
            "input_cache_creation_1h", 3,
            "total", 22 + outputTokens));
    return fields;
  }

  private static void finished(Map<String, Object> fields, String reason, Object output) {
    fields.put("metadata.finish_reason", reason);
    fields.put("output", output);
  }

  /** What the input cost is in the first event. */
  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = begun(false, 1);
    fields.put("output", said(text));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    return Map.of(
        "metadata.http_status", (long) status,
        "metadata.error_type", "some_type",
        "metadata.request_id", "req_stub");
  }
}
