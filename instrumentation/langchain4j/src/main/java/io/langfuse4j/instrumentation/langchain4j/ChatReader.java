package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.ChatResponseMetadata;
import dev.langchain4j.model.output.FinishReason;
import io.langfuse4j.instrumentation.Accessors;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Chats. */
final class ChatReader {

  static final String NAME = "chat";

  /** Parameters that some providers have beside those of all, and their names on the wire. */
  private static final Map<String, String> PROVIDERS_OWN =
      Map.of(
          "maxCompletionTokens", "max_completion_tokens",
          "seed", "seed",
          "serviceTier", "service_tier",
          "reasoningEffort", "reasoning_effort",
          "parallelToolCalls", "parallel_tool_calls",
          "store", "store",
          "user", "user");

  private ChatReader() {}

  static void request(
      ModelRequest description, ChatRequest request, @Nullable ModelProvider provider) {
    ChatRequestParameters parameters = request.parameters();
    description
        .model(parameters.modelName())
        .metadata("provider", provider(provider))
        .input(input(request, parameters));
    description
        .parameter("temperature", parameters.temperature())
        .parameter("top_p", parameters.topP())
        .parameter("top_k", parameters.topK())
        .parameter("frequency_penalty", parameters.frequencyPenalty())
        .parameter("presence_penalty", parameters.presencePenalty())
        .parameter("max_tokens", parameters.maxOutputTokens())
        .parameter("stop", nullIfEmpty(parameters.stopSequences()))
        .parameter("tool_choice", lowerCase(parameters.toolChoice()));
    PROVIDERS_OWN.forEach(
        (accessor, name) -> description.parameter(name, Accessors.read(parameters, accessor)));
    description.metadata("response_format", responseFormat(parameters.responseFormat()));
  }

  private static @Nullable String provider(@Nullable ModelProvider provider) {
    return provider == null || provider == ModelProvider.OTHER ? null : lowerCase(provider);
  }

  /** The messages, or a map if tools go with them. */
  private static Object input(ChatRequest request, ChatRequestParameters parameters) {
    List<Map<String, Object>> messages = ChatMessages.all(request.messages());
    List<ToolSpecification> tools = parameters.toolSpecifications();
    if (tools == null || tools.isEmpty()) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", tools.stream().map(ChatReader::tool).toList());
    all.put("messages", messages);
    return all;
  }

  private static Map<String, Object> tool(ToolSpecification tool) {
    Map<String, Object> function = new LinkedHashMap<>();
    function.put("name", tool.name());
    if (tool.description() != null) {
      function.put("description", tool.description());
    }
    if (tool.parameters() != null) {
      function.put("parameters", schema(tool.parameters()));
    }
    return Map.of("type", "function", "function", function);
  }

  private static Object schema(JsonSchemaElement element) {
    return Schemas.asMap(element);
  }

  private static @Nullable Object responseFormat(@Nullable ResponseFormat format) {
    if (format == null) {
      return null;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("type", lowerCase(format.type()));
    JsonSchema schema = format.jsonSchema();
    if (schema != null) {
      map.put("name", schema.name());
      map.put("schema", schema(schema.rootElement()));
    }
    return map;
  }

  static void response(ModelResponse description, ChatResponse response) {
    ChatResponseMetadata metadata = response.metadata();
    description
        .model(metadata.modelName())
        .output(ChatMessages.one(response.aiMessage()))
        .usageBuckets(Usage.buckets(metadata.tokenUsage()))
        .finishReason(finishReason(metadata.finishReason()))
        .parameter("service_tier", Accessors.read(metadata, "serviceTier"))
        .metadata("response_id", metadata.id());
  }

  /** In the words of OpenAI's protocol, which everything else in a trace speaks. */
  static @Nullable String finishReason(@Nullable FinishReason reason) {
    return reason == FinishReason.TOOL_EXECUTION ? "tool_calls" : lowerCase(reason);
  }

  private static @Nullable String lowerCase(@Nullable Enum<?> value) {
    return value == null ? null : value.name().toLowerCase(Locale.ROOT);
  }

  private static @Nullable List<String> nullIfEmpty(@Nullable List<String> list) {
    return list == null || list.isEmpty() ? null : list;
  }
}
