package io.langfuse4j.instrumentation.openai;

import com.openai.core.JsonValue;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A streamed response. The last event has the whole answer; what came before is kept for streams
 * that are cut. Events are read as they were on the wire: there are about fifty kinds, and new ones
 * every month.
 */
final class StreamedResponse implements StreamedAnswer<Object> {

  private static final Set<String> WHOLE =
      Set.of("response.completed", "response.incomplete", "response.failed");

  private final Object lock = new Object();
  private final Map<Long, Item> items = new TreeMap<>();
  private @Nullable JsonValue latest;
  private boolean whole;
  private @Nullable Map<String, JsonValue> error;

  @Override
  public void add(Object item) {
    Map<String, JsonValue> event = Json.event(item);
    String type = Json.text(event, "type");
    if (type == null) {
      return;
    }
    synchronized (lock) {
      JsonValue response = event.get("response");
      if (response != null) {
        latest = response;
        whole |= WHOLE.contains(type);
      } else if (type.equals("error")) {
        error = event;
      } else if (event.containsKey("output_index")) {
        addToItem(type, event);
      }
    }
  }

  private void addToItem(String type, Map<String, JsonValue> event) {
    Long index = Json.number(event, "output_index");
    Item item = items.computeIfAbsent(index == null ? 0L : index, i -> new Item());
    JsonValue value = event.get("item");
    if (value != null) {
      item.value = value;
      item.done = type.equals("response.output_item.done");
    } else if (type.endsWith(".delta")) {
      item.kind = type;
      String piece = Json.text(event, "delta");
      item.text.append(piece == null ? "" : piece);
    }
  }

  @Override
  public void describe(ModelResponse response) {
    synchronized (lock) {
      Map<String, Object> answer = Json.map(latest);
      if (!whole) {
        answer.put("output", items.values().stream().map(Item::asMap).toList());
      }
      ResponsesReader.describe(response, answer);
      if (error != null) {
        response.error(Json.text(error, "message"));
        response.metadata("error_code", Json.text(error, "code"));
      }
    }
  }

  /** An item of the output, as far as it was received. */
  private static final class Item {

    private final StringBuilder text = new StringBuilder();
    private @Nullable JsonValue value;
    private String kind = "";
    private boolean done;

    Map<String, Object> asMap() {
      Map<String, Object> map = Json.map(value);
      if (!done && text.length() > 0) {
        addText(map);
      }
      return map;
    }

    private void addText(Map<String, Object> map) {
      switch (kind) {
        case "response.output_text.delta" -> map.put("content", part("output_text", "text"));
        case "response.refusal.delta" -> map.put("content", part("refusal", "refusal"));
        case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta" ->
            map.put("arguments", text.toString());
        case "response.reasoning_summary_text.delta" ->
            map.put("summary", part("summary_text", "text"));
        case "response.reasoning_text.delta" -> map.put("content", part("reasoning_text", "text"));
        default -> map.put("input", text.toString());
      }
    }

    private List<Object> part(String type, String key) {
      Map<String, Object> part = new LinkedHashMap<>();
      part.put("type", type);
      part.put(key, text.toString());
      List<Object> parts = new ArrayList<>();
      parts.add(part);
      return parts;
    }
  }
}
