package io.langfuse4j.instrumentation.bedrock;

import com.sun.net.httpserver.HttpExchange;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.OpenAIChatDialect;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.bedrockruntime.model.TokenUsage;
import software.amazon.eventstream.HeaderValue;
import software.amazon.eventstream.Message;

/** Conversations as Amazon's documentation describes them on the wire, written for these tests. */
final class BedrockWire implements ChatDialect {

  static final String MODEL = "us.amazon.nova-lite-v1:0";

  private static final String USAGE =
      "{\"inputTokens\":10,\"outputTokens\":20,\"totalTokens\":42,"
          + "\"cacheReadInputTokens\":7,\"cacheWriteInputTokens\":5}";

  /** Older versions of the SDK do not read what is said of the cache. */
  private static final boolean KNOWS_CACHE =
      TokenUsage.builder().build().sdkFields().stream()
          .anyMatch(field -> field.locationName().equals("cacheReadInputTokens"));

  private static final Map<String, Object> USAGE_WITH_CACHE =
      Map.of(
          "input",
          10,
          "output",
          20,
          "input_cached_tokens",
          7,
          "input_cache_creation",
          5,
          "total",
          42);

  private static final Map<String, Object> USAGE_WITHOUT =
      Map.of("input", 10, "output", 20, "total", 30);

  static String conversation(String content, String stopReason) {
    return "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
        + content
        + "]}},\"stopReason\":\""
        + stopReason
        + "\",\"usage\":"
        + USAGE
        + ",\"metrics\":{\"latencyMs\":123}}";
  }

  private static String text(String text) {
    return "{\"text\":\"" + text + "\"}";
  }

  private static String toolUse(String id, String city) {
    return "{\"toolUse\":{\"toolUseId\":\""
        + id
        + "\",\"name\":\"weather\",\"input\":{\"city\":\""
        + city
        + "\"}}}";
  }

  static byte[] event(String type, String json) {
    Message message =
        new Message(
            Map.of(
                ":message-type", HeaderValue.fromString("event"),
                ":event-type", HeaderValue.fromString(type),
                ":content-type", HeaderValue.fromString("application/json")),
            json.getBytes(StandardCharsets.UTF_8));
    ByteBuffer buffer = message.toByteBuffer();
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static byte[] delta(int index, String delta) {
    return event(
        "contentBlockDelta", "{\"contentBlockIndex\":" + index + ",\"delta\":" + delta + "}");
  }

  private static byte[] stop(int index) {
    return event("contentBlockStop", "{\"contentBlockIndex\":" + index + "}");
  }

  private static List<byte[]> begin() {
    List<byte[]> events = new ArrayList<>();
    events.add(event("messageStart", "{\"role\":\"assistant\"}"));
    return events;
  }

  private static List<byte[]> end(List<byte[]> events, String stopReason) {
    events.add(event("messageStop", "{\"stopReason\":\"" + stopReason + "\"}"));
    events.add(event("metadata", "{\"usage\":" + USAGE + ",\"metrics\":{\"latencyMs\":123}}"));
    return events;
  }

  private static List<byte[]> textEvents(String stopReason, String... pieces) {
    List<byte[]> events = begin();
    for (String piece : pieces) {
      events.add(delta(0, text(piece)));
    }
    events.add(stop(0));
    return end(events, stopReason);
  }

  private static List<byte[]> toolEvents(String... cities) {
    List<byte[]> events = begin();
    for (int i = 0; i < cities.length; i++) {
      events.add(
          event(
              "contentBlockStart",
              "{\"contentBlockIndex\":"
                  + i
                  + ",\"start\":{\"toolUse\":{\"toolUseId\":\"call_"
                  + (i + 1)
                  + "\",\"name\":\"weather\"}}}"));
    }
    for (int i = 0; i < cities.length; i++) {
      events.add(delta(i, "{\"toolUse\":{\"input\":\"{\\\"city\\\":\"}}"));
    }
    for (int i = 0; i < cities.length; i++) {
      events.add(delta(i, "{\"toolUse\":{\"input\":\"\\\"" + cities[i] + "\\\"}\"}}"));
      events.add(stop(i));
    }
    return end(events, "tool_use");
  }

  static byte[] joined(List<byte[]> events) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    events.forEach(all::writeBytes);
    return all.toByteArray();
  }

  static final String STREAM = "application/vnd.amazon.eventstream";

  @Override
  public String observationName() {
    return "Bedrock-generation";
  }

  @Override
  public void answer(StubProvider provider, ChatReply reply, boolean streaming) {
    if (streaming) {
      provider.bytes(STREAM, joined(events(reply)));
    } else {
      provider.json(200, whole(reply));
    }
  }

  private static String whole(ChatReply reply) {
    return switch (reply) {
      case TEXT -> conversation(text("Hello Ada."), "end_turn");
      case TOOL -> conversation(toolUse("call_1", "Paris"), "tool_use");
      case PARALLEL_TOOLS ->
          conversation(toolUse("call_1", "Paris") + "," + toolUse("call_2", "Rome"), "tool_use");
      case REFUSAL -> conversation(text("I will not."), "content_filtered");
      case NOTHING -> conversation("", "end_turn");
    };
  }

  private static List<byte[]> events(ChatReply reply) {
    return switch (reply) {
      case TEXT -> textEvents("end_turn", "Hello", " Ada", ".");
      case TOOL -> toolEvents("Paris");
      case PARALLEL_TOOLS -> toolEvents("Paris", "Rome");
      case REFUSAL -> textEvents("content_filtered", "I will", " not.");
      case NOTHING -> end(begin(), "end_turn");
    };
  }

  @Override
  public void refuse(StubProvider provider, int status) {
    provider.json(
        status, "{\"__type\":\"" + errorType(status) + "\",\"message\":\"The provider says no.\"}");
  }

  private static String errorType(int status) {
    return switch (status) {
      case 400 -> "ValidationException";
      case 401 -> "UnrecognizedClientException";
      case 429 -> "ThrottlingException";
      default -> "InternalServerException";
    };
  }

  @Override
  public void cut(StubProvider provider) {
    cut(provider, joined(textEvents("end_turn", "Hello", " Ada", ".").subList(0, 3)));
  }

  /** Breaks the connection after this part of a stream. */
  static void cut(StubProvider provider, byte[] part) {
    provider.answer(
        exchange -> {
          begin(exchange, part.length + 1_000L);
          exchange.getResponseBody().write(part);
          exchange.getResponseBody().flush();
        });
  }

  @Override
  public void stall(StubProvider provider) {
    stall(provider, joined(textEvents("end_turn", "Hello").subList(0, 2)));
  }

  /** Sends nothing for long after this part of a stream. */
  static void stall(StubProvider provider, byte[] part) {
    provider.answer(
        exchange -> {
          begin(exchange, 0);
          exchange.getResponseBody().write(part);
          exchange.getResponseBody().flush();
          provider.awaitClose();
        });
  }

  private static void begin(HttpExchange exchange, long length) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", STREAM);
    exchange.sendResponseHeaders(200, length);
  }

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", MODEL);
    fields.put("model.parameters", Map.of("temperature", 0.2, "maxTokens", 50));
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
                        Map.of(
                            "name", "weather",
                            "description", "Weather of a city",
                            "parameters", Map.of("type", "object")))))
            : messages);
    return fields;
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = asked(withTools, streaming);
    fields.put("metadata.latency_ms", 123L);
    fields.put("usage_details", KNOWS_CACHE ? USAGE_WITH_CACHE : USAGE_WITHOUT);
    switch (reply) {
      case TEXT -> finished(fields, "end_turn", said("Hello Ada."));
      case REFUSAL -> finished(fields, "content_filtered", said("I will not."));
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

  private static void finished(Map<String, Object> fields, String reason, Object output) {
    fields.put("metadata.finish_reason", reason);
    fields.put("output", output);
  }

  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = asked(false, true);
    fields.put("output", said(text));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    return Map.of("metadata.http_status", (long) status, "metadata.error_type", errorType(status));
  }
}
