package io.langfuse4j.instrumentation.anthropic;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Requests and answers of the Messages API, of the beta too. May throw on unexpected data. */
final class MessageReader {

  private static final Set<String> SETTINGS =
      Set.of("thinking", "tool_choice", "output_config", "service_tier", "effort");

  private MessageReader() {}

  static void request(ModelRequest request, Map<String, Object> body) {
    request.model(Fields.text(body.remove("model"))).input(input(body));
    Object format = body.remove("output_format");
    request.metadata("response_format", format);
    request.parameters(body, SETTINGS);
  }

  /** The messages, or a map if tools go with them. */
  private static Object input(Map<String, Object> body) {
    List<Map<String, Object>> messages = new ArrayList<>();
    Object system = Blocks.content(body.remove("system"));
    if (system != null && !"".equals(system)) {
      messages.add(Messages.message("system", system));
    }
    messages.addAll(Blocks.messages(Fields.maps(body.remove("messages"))));
    Object tools = body.remove("tools");
    if (tools == null) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", tools);
    all.put("messages", messages);
    return all;
  }

  static void response(ModelResponse response, Object answer) {
    Map<String, Object> message = Json.map(answer);
    describe(response, message, Fields.maps(message.get("content")));
  }

  /**
   * Describes a message.
   *
   * @param content the blocks, as far as they were received
   */
  static void describe(
      ModelResponse response, Map<String, Object> message, List<Map<String, Object>> content) {
    response
        .model(Fields.text(message.get("model")))
        .metadata("response_id", message.get("id"))
        .metadata("stop_sequence", message.get("stop_sequence"))
        .finishReason(Fields.text(message.get("stop_reason")))
        .output(Blocks.answer(content));
    usage(response, Fields.object(message.get("usage")));
  }

  /** Anthropic's input tokens are those that were neither read from nor written to the cache. */
  private static void usage(ModelResponse response, @Nullable Map<String, Object> usage) {
    if (usage == null) {
      return;
    }
    long input = Fields.number(usage.get("input_tokens"));
    long output = Fields.number(usage.get("output_tokens"));
    Map<String, Long> buckets = new LinkedHashMap<>();
    buckets.put("input", input);
    buckets.put("output", output);
    long cached = Fields.number(usage.get("cache_read_input_tokens"));
    put(buckets, "input_cached_tokens", cached);
    long written = Fields.number(usage.get("cache_creation_input_tokens"));
    Map<String, Object> byLifetime = Fields.map(usage.get("cache_creation"));
    long fiveMinutes = Fields.number(byLifetime.get("ephemeral_5m_input_tokens"));
    long oneHour = Fields.number(byLifetime.get("ephemeral_1h_input_tokens"));
    put(buckets, "input_cache_creation_5m", fiveMinutes);
    put(buckets, "input_cache_creation_1h", oneHour);
    put(buckets, "input_cache_creation", Math.max(0, written - fiveMinutes - oneHour));
    buckets.put("total", input + output + cached + Math.max(written, fiveMinutes + oneHour));
    response
        .usageBuckets(buckets)
        .parameter("service_tier", usage.get("service_tier"))
        .metadata("server_tool_use", usage.get("server_tool_use"));
  }

  private static void put(Map<String, Long> buckets, String key, long count) {
    if (count > 0) {
      buckets.put(key, count);
    }
  }
}
