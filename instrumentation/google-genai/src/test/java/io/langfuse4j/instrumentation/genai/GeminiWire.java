package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Contents as Google's documentation describes them on the wire, written for these tests. */
final class GeminiWire implements ChatDialect {

  static final String MODEL = "gemini-2.5-flash";

  private static final String USAGE =
      "\"usageMetadata\":{\"promptTokenCount\":30,\"cachedContentTokenCount\":10,"
          + "\"candidatesTokenCount\":15,\"thoughtsTokenCount\":5,\"totalTokenCount\":50,"
          + "\"promptTokensDetails\":[{\"modality\":\"TEXT\",\"tokenCount\":26},"
          + "{\"modality\":\"AUDIO\",\"tokenCount\":4}]},";

  static String answer(String parts, String finishReason, boolean usage) {
    String reason = finishReason == null ? "" : ",\"finishReason\":\"" + finishReason + "\"";
    String candidates =
        parts == null
            ? ""
            : "{\"content\":{\"role\":\"model\",\"parts\":["
                + parts
                + "]}"
                + reason
                + ",\"index\":0}";
    return "{\"candidates\":["
        + candidates
        + "],"
        + (usage ? USAGE : "")
        + "\"modelVersion\":\"gemini-2.5-flash-002\",\"responseId\":\"resp_1\"}";
  }

  static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String call(String city) {
    return "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"" + city + "\"}}}";
  }

  static String event(String json) {
    return "data: " + json + "\r\n\r\n";
  }

  private static List<String> textEvents(String reason, String... pieces) {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < pieces.length; i++) {
      boolean last = i == pieces.length - 1;
      events.add(event(answer(text(pieces[i]), last ? reason : null, last)));
    }
    return events;
  }

  @Override
  public String observationName() {
    return "GoogleGenAI-generation";
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
      case TEXT -> answer(text("Hello Ada."), "STOP", true);
      case TOOL -> answer(call("Paris"), "STOP", true);
      case PARALLEL_TOOLS -> answer(call("Paris") + "," + call("Rome"), "STOP", true);
      case REFUSAL -> answer(text("I will not."), "STOP", true);
      case NOTHING -> answer((String) null, null, true);
    };
  }

  private static List<String> events(ChatReply reply) {
    return switch (reply) {
      case TEXT -> textEvents("STOP", "Hello", " Ada", ".");
      case REFUSAL -> textEvents("STOP", "I will", " not.");
      case PARALLEL_TOOLS ->
          List.of(
              event(answer(call("Paris"), null, false)), event(answer(call("Rome"), "STOP", true)));
      default -> List.of(event(whole(reply)));
    };
  }

  @Override
  public void refuse(StubProvider provider, int status) {
    provider.json(
        status,
        "{\"error\":{\"code\":"
            + status
            + ",\"message\":\"The provider says no.\",\"status\":\"SOME_STATUS\"}}");
  }

  @Override
  public void cut(StubProvider provider) {
    provider.cut(textEvents("STOP", "Hello", " Ada", ".").subList(0, 2));
  }

  @Override
  public void stall(StubProvider provider) {
    // The library reads one piece ahead.
    provider.stalled(
        List.of(event(answer(text("Hello"), null, false)), event(answer("", null, false))));
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", MODEL);
    fields.put("model.parameters", Map.of("temperature", 0.2, "maxOutputTokens", 50));
    List<Object> messages =
        List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of(
                "role", "user", "content", withTools ? "What is the weather in Paris?" : "Hello?"));
    fields.put(
        "input",
        withTools
            ? Map.of(
                "messages",
                messages,
                "tools",
                List.of(
                    Map.of(
                        "type",
                        "function",
                        "function",
                        Map.of("name", "weather", "description", "Weather of a city"))))
            : messages);
    return fields;
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = begun(withTools);
    fields.put(
        "usage_details",
        Map.of(
            "input", 16,
            "output", 15,
            "input_cached_tokens", 10,
            "input_audio_tokens", 4,
            "output_reasoning_tokens", 5,
            "total", 50));
    switch (reply) {
      case TEXT -> finished(fields, said("Hello Ada."));
      case REFUSAL -> finished(fields, said("I will not."));
      case TOOL -> finished(fields, called("Paris"));
      case PARALLEL_TOOLS -> finished(fields, called("Paris", "Rome"));
      case NOTHING -> {}
    }
    return fields;
  }

  private Map<String, Object> begun(boolean withTools) {
    Map<String, Object> fields = asked(withTools, true);
    fields.put("model.name", "gemini-2.5-flash-002");
    fields.put("metadata.response_id", "resp_1");
    return fields;
  }

  private static Map<String, Object> said(String text) {
    return Map.of("role", "assistant", "content", text);
  }

  /** Without ids: Gemini gives none. */
  private static Map<String, Object> called(String... cities) {
    List<Object> calls = new ArrayList<>();
    for (String city : cities) {
      calls.add(
          Map.of(
              "type",
              "function",
              "function",
              Map.of("name", "weather", "arguments", "{\"city\":\"" + city + "\"}")));
    }
    return Map.of("role", "assistant", "tool_calls", calls);
  }

  private static void finished(Map<String, Object> fields, Object output) {
    fields.put("metadata.finish_reason", "STOP");
    fields.put("output", output);
  }

  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = begun(false);
    fields.put("output", said(text));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    // Older versions word their exception with the reason of the HTTP status.
    return Map.of(
        "metadata.http_status",
        (long) status,
        "status_message",
        status + " SOME_STATUS. The provider says no.");
  }
}
