package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.core.JsonValue;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A streamed message, put together from its events as they were on the wire. The first event has
 * the usage of the input, a late one that of the output and why the model stopped.
 */
final class StreamedMessage implements StreamedAnswer<Object> {

  private final Object lock = new Object();
  private final Map<String, Object> message = new LinkedHashMap<>();
  private final Map<String, Object> usage = new LinkedHashMap<>();
  private final Map<Long, Block> blocks = new TreeMap<>();
  private @Nullable String error;

  @Override
  public void add(Object item) {
    Map<String, JsonValue> event = Json.event(item);
    synchronized (lock) {
      switch (String.valueOf(Json.text(event, "type"))) {
        case "message_start" -> start(Json.map(event.get("message")));
        case "content_block_start" -> block(event).start = Json.map(event.get("content_block"));
        case "content_block_delta" -> block(event).add(Json.object(event, "delta"));
        case "message_delta" -> {
          message.putAll(Json.map(event.get("delta")));
          usage.putAll(Json.map(event.get("usage")));
        }
        case "error" -> error = Json.text(Json.object(event, "error"), "message");
        default -> {}
      }
    }
  }

  private void start(Map<String, Object> started) {
    message.putAll(started);
    if (started.get("usage") instanceof Map<?, ?> reported) {
      reported.forEach((key, value) -> usage.put(String.valueOf(key), value));
    }
  }

  private Block block(Map<String, JsonValue> event) {
    return blocks.computeIfAbsent(Json.number(event, "index"), i -> new Block());
  }

  @Override
  public void describe(ModelResponse response) {
    synchronized (lock) {
      List<Map<String, Object>> content = new ArrayList<>();
      blocks.values().forEach(block -> content.add(block.asMap()));
      Map<String, Object> described = new LinkedHashMap<>(message);
      if (!usage.isEmpty()) {
        described.put("usage", usage);
      }
      MessageReader.describe(response, described, content);
      if (error != null) {
        response.error(error);
      }
    }
  }

  /** A block of the content: how it began, and the pieces that came since. */
  private static final class Block {

    private Map<String, Object> start = new LinkedHashMap<>();
    private final Map<String, StringBuilder> texts = new LinkedHashMap<>();
    private final List<Object> citations = new ArrayList<>();

    void add(Map<String, JsonValue> delta) {
      switch (String.valueOf(Json.text(delta, "type"))) {
        case "text_delta" -> append("text", delta, "text");
        case "input_json_delta" -> append("input", delta, "partial_json");
        case "thinking_delta" -> append("thinking", delta, "thinking");
        case "citations_delta" -> citations.add(Json.map(delta.get("citation")));
        default -> {}
      }
    }

    private void append(String key, Map<String, JsonValue> delta, String from) {
      String piece = Json.text(delta, from);
      texts.computeIfAbsent(key, k -> new StringBuilder()).append(piece == null ? "" : piece);
    }

    Map<String, Object> asMap() {
      Map<String, Object> map = new LinkedHashMap<>(start);
      texts.forEach(
          (key, text) -> {
            if (text.length() > 0) {
              map.put(key, text.toString());
            }
          });
      if (!citations.isEmpty()) {
        map.put("citations", citations);
      }
      return map;
    }
  }
}
