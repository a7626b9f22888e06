package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;

/** {@code converse} and {@code converseStream}. */
final class Converse implements Reader {

  private static final Set<String> SETTINGS = Set.of("performanceConfig");

  @Override
  public void request(ModelRequest request, SdkPojo model) {
    Map<String, Object> body = Models.map(model);
    request.model(Fields.text(body.remove("modelId"))).input(input(body));
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.putAll(Fields.map(body.remove("inferenceConfig")));
    parameters.putAll(Fields.map(body.remove("additionalModelRequestFields")));
    parameters.putAll(body);
    Object metadata = parameters.remove("requestMetadata");
    request.metadata("request_metadata", metadata).parameters(parameters, SETTINGS);
  }

  /** The messages, or a map if tools go with them. */
  private static Object input(Map<String, Object> body) {
    List<Map<String, Object>> messages = new ArrayList<>();
    List<Map<String, Object>> system = Fields.maps(body.remove("system"));
    if (!system.isEmpty()) {
      messages.addAll(Blocks.messages("system", system));
    }
    for (Map<String, Object> message : Fields.maps(body.remove("messages"))) {
      messages.addAll(
          Blocks.messages(
              String.valueOf(message.get("role")), Fields.maps(message.get("content"))));
    }
    Map<String, Object> toolConfig = Fields.map(body.remove("toolConfig"));
    List<Object> tools = new ArrayList<>();
    Fields.maps(toolConfig.get("tools")).forEach(tool -> tools.add(tool(tool)));
    if (tools.isEmpty()) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", tools);
    if (toolConfig.get("toolChoice") != null) {
      all.put("tool_choice", toolConfig.get("toolChoice"));
    }
    all.put("messages", messages);
    return all;
  }

  /** In the form of a function, which is how Langfuse recognises a tool. */
  private static Object tool(Map<String, Object> tool) {
    Map<String, Object> specification = Fields.object(tool.get("toolSpec"));
    if (specification == null) {
      return tool;
    }
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", specification.get("name"));
    if (specification.get("description") != null) {
      function.put("description", specification.get("description"));
    }
    Object schema = Fields.map(specification.get("inputSchema")).get("json");
    if (schema != null) {
      function.put("parameters", schema);
    }
    return Map.of("type", "function", "function", function);
  }

  @Override
  public void response(ModelResponse response, SdkPojo model) {
    Map<String, Object> answer = Models.map(model);
    Map<String, Object> message = Fields.map(Fields.map(answer.get("output")).get("message"));
    describe(response, answer, Fields.maps(message.get("content")));
  }

  static void describe(
      ModelResponse response, Map<String, Object> answer, List<Map<String, Object>> content) {
    Map<String, Object> router = Fields.map(Fields.map(answer.get("trace")).get("promptRouter"));
    response
        .model(Fields.text(router.get("invokedModelId")))
        .finishReason(Fields.text(answer.get("stopReason")))
        .metadata("latency_ms", Fields.map(answer.get("metrics")).get("latencyMs"))
        .output(Messages.oneOrAll(Blocks.messages("assistant", content)));
    usage(response, Fields.object(answer.get("usage")));
  }

  /** What was read from the cache or written to it is not among the input tokens. */
  static void usage(ModelResponse response, @Nullable Map<String, Object> usage) {
    if (usage == null || usage.isEmpty()) {
      return;
    }
    Map<String, Long> buckets = new LinkedHashMap<>();
    long total = 0;
    for (String[] names : NAMES) {
      long count = Fields.number(usage.get(names[0]));
      if (count > 0 || names[1].equals("input") || names[1].equals("output")) {
        buckets.put(names[1], count);
        total += count;
      }
    }
    buckets.put("total", total);
    response.usageBuckets(buckets);
  }

  private static final String[][] NAMES = {
    {"inputTokens", "input"},
    {"outputTokens", "output"},
    {"cacheReadInputTokens", "input_cached_tokens"},
    {"cacheWriteInputTokens", "input_cache_creation"},
  };

  @Override
  public StreamedAnswer<Object> streamed() {
    return new StreamedConversation();
  }
}
