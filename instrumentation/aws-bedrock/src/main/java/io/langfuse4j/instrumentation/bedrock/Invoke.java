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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.PayloadPart;

/**
 * {@code invokeModel} and its streaming form, whose bodies have the shape of the model's maker:
 * Claude, Nova, Titan, Llama, Mistral, Cohere, and whatever resembles one of them. A body that
 * resembles none is recorded whole.
 */
record Invoke(@Nullable String modelId, Map<String, Object> body) implements Reader {

  /** Where the makers put the content of a request. */
  private static final List<String> CONTENT =
      List.of(
          "system",
          "messages",
          "prompt",
          "inputText",
          "texts",
          "message",
          "chat_history",
          "preamble",
          "documents",
          "inputImage",
          "images",
          "tools",
          "toolConfig");

  private static final Set<String> SETTINGS = Set.of("thinking", "tool_choice", "embeddingConfig");

  private static final Set<String> NESTED =
      Set.of("textGenerationConfig", "inferenceConfig", "imageGenerationConfig");

  static Invoke of(SdkPojo request) {
    if (request instanceof InvokeModelRequest whole) {
      return new Invoke(whole.modelId(), Models.parsed(whole.body()));
    }
    if (request instanceof InvokeModelWithResponseStreamRequest streamed) {
      return new Invoke(streamed.modelId(), Models.parsed(streamed.body()));
    }
    return new Invoke(null, new LinkedHashMap<>());
  }

  @Override
  public boolean isEmbedding() {
    return modelId != null && modelId.contains("embed");
  }

  @Override
  public void request(ModelRequest request, SdkPojo model) {
    request.model(modelId);
    Map<String, Object> rest = new LinkedHashMap<>(body);
    Map<String, Object> content = new LinkedHashMap<>();
    for (String key : CONTENT) {
      Object value = rest.remove(key);
      if (value != null) {
        content.put(key, value);
      }
    }
    request.input(
        content.isEmpty()
            ? body
            : content.size() == 1 ? content.values().iterator().next() : content);
    for (String key : NESTED) {
      rest.putAll(Fields.map(rest.remove(key)));
    }
    request.parameters(rest, SETTINGS);
  }

  @Override
  public void response(ModelResponse response, SdkPojo model) {
    if (!(model instanceof InvokeModelResponse whole)) {
      return;
    }
    Map<String, Object> answer = Models.parsed(whole.body());
    response
        .model(Fields.text(answer.get("model")))
        .metadata("response_id", answer.get("id"))
        .output(isEmbedding() ? embedding(answer) : output(answer));
    finishReasons(answer).forEach(response::finishReason);
    usage(response, answer, whole);
  }

  /** The vectors themselves are not recorded, only how many there are and how long. */
  private static @Nullable Object embedding(Map<String, Object> answer) {
    Object vectors = answer.containsKey("embedding") ? List.of(answer.get("embedding")) : null;
    Object several = answer.get("embeddings");
    List<?> all =
        vectors instanceof List<?> one ? one : several instanceof List<?> list ? list : List.of();
    if (all.isEmpty() || !(all.get(0) instanceof List<?> first)) {
      return null;
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("dimensions", first.size());
    output.put("count", all.size());
    return output;
  }

  private static @Nullable Object output(Map<String, Object> answer) {
    if (answer.get("content") instanceof List<?> claude) {
      return message(answer, claude);
    }
    Object nova = Fields.map(answer.get("output")).get("message");
    if (nova != null) {
      return nova;
    }
    List<Object> choices = new ArrayList<>();
    Fields.maps(answer.get("choices"))
        .forEach(choice -> choices.add(choice.getOrDefault("message", choice)));
    if (!choices.isEmpty()) {
      return Messages.oneOrAll(choices);
    }
    List<Object> texts = new ArrayList<>();
    texts(answer).forEach(texts::add);
    return texts.isEmpty() ? (answer.isEmpty() ? null : answer) : Messages.oneOrAll(texts);
  }

  private static Map<String, Object> message(Map<String, Object> answer, List<?> content) {
    Object role = answer.get("role");
    return Messages.message(role == null ? "assistant" : role.toString(), content);
  }

  /** The texts of Titan, Llama, Mistral and Cohere, whole or of one event of a stream. */
  static Stream<String> texts(Map<String, Object> answer) {
    Stream<Object> nested =
        Stream.of("results", "outputs", "generations")
            .flatMap(key -> Fields.maps(answer.get(key)).stream())
            .map(result -> result.getOrDefault("outputText", result.get("text")));
    Stream<Object> plain =
        Stream.of("generation", "outputText", "completion", "text").map(answer::get);
    return Stream.concat(nested, plain).filter(String.class::isInstance).map(String.class::cast);
  }

  static List<String> finishReasons(Map<String, Object> answer) {
    Stream<Map<String, Object>> results =
        Stream.of("results", "outputs", "generations", "choices")
            .flatMap(key -> Fields.maps(answer.get(key)).stream());
    return Stream.concat(Stream.of(answer), results)
        .flatMap(
            result ->
                Stream.of(
                        "stop_reason",
                        "stopReason",
                        "completionReason",
                        "finish_reason",
                        "finishReason")
                    .map(result::get))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .toList();
  }

  /** Bedrock counts tokens of every model in the headers; the bodies know more of the cache. */
  private static void usage(
      ModelResponse response, Map<String, Object> answer, InvokeModelResponse whole) {
    Map<String, Object> counts = new LinkedHashMap<>();
    put(counts, "inputTokens", header(whole, "X-Amzn-Bedrock-Input-Token-Count"));
    put(counts, "outputTokens", header(whole, "X-Amzn-Bedrock-Output-Token-Count"));
    counts.putAll(counts(answer));
    Converse.usage(response, counts);
  }

  /** The counts in a body, under Bedrock's names. */
  static Map<String, Object> counts(Map<String, Object> answer) {
    Map<String, Object> usage = Fields.map(answer.get("usage"));
    Map<String, Object> metrics = Fields.map(answer.get("amazon-bedrock-invocationMetrics"));
    Map<String, Object> counts = new LinkedHashMap<>();
    put(counts, "inputTokens", answer.get("prompt_token_count"));
    put(counts, "outputTokens", answer.get("generation_token_count"));
    put(counts, "inputTokens", answer.get("inputTextTokenCount"));
    for (Map<String, Object> result : Fields.maps(answer.get("results"))) {
      put(counts, "outputTokens", result.get("tokenCount"));
    }
    put(counts, "inputTokens", metrics.get("inputTokenCount"));
    put(counts, "outputTokens", metrics.get("outputTokenCount"));
    put(counts, "cacheReadInputTokens", metrics.get("cacheReadInputTokenCount"));
    put(counts, "cacheWriteInputTokens", metrics.get("cacheWriteInputTokenCount"));
    put(counts, "inputTokens", usage.get("input_tokens"));
    put(counts, "outputTokens", usage.get("output_tokens"));
    put(counts, "inputTokens", usage.get("prompt_tokens"));
    put(counts, "outputTokens", usage.get("completion_tokens"));
    put(counts, "cacheReadInputTokens", usage.get("cache_read_input_tokens"));
    put(counts, "cacheWriteInputTokens", usage.get("cache_creation_input_tokens"));
    put(counts, "inputTokens", usage.get("inputTokens"));
    put(counts, "outputTokens", usage.get("outputTokens"));
    put(counts, "cacheReadInputTokens", usage.get("cacheReadInputTokenCount"));
    put(counts, "cacheWriteInputTokens", usage.get("cacheWriteInputTokenCount"));
    return counts;
  }

  private static void put(Map<String, Object> counts, String key, @Nullable Object count) {
    if (count instanceof Number) {
      counts.put(key, count);
    }
  }

  private static @Nullable Long header(InvokeModelResponse response, String name) {
    Optional<String> value =
        response.sdkHttpResponse() == null
            ? Optional.empty()
            : response.sdkHttpResponse().firstMatchingHeader(name);
    return value.filter(text -> text.matches("\\d{1,18}")).map(Long::valueOf).orElse(null);
  }

  @Override
  public StreamedAnswer<Object> streamed() {
    return new Streamed();
  }

  /** The pieces of text that came, and the counts of the last event. */
  private static final class Streamed implements StreamedAnswer<Object> {

    private final Object lock = new Object();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder toolInput = new StringBuilder();
    private final List<Object> toolUses = new ArrayList<>();
    private final Map<String, Object> counts = new LinkedHashMap<>();
    private final List<String> reasons = new ArrayList<>();
    private @Nullable String model;
    private @Nullable Object id;

    @Override
    public void add(Object item) {
      if (!(item instanceof PayloadPart part)) {
        return;
      }
      Map<String, Object> event = Models.parsed(part.bytes());
      synchronized (lock) {
        texts(event).forEach(text::append);
        addClaude(event);
        addNova(event);
        counts.putAll(counts(event));
        reasons.addAll(finishReasons(event));
      }
    }

    private void addClaude(Map<String, Object> event) {
      Map<String, Object> message = Fields.object(event.get("message"));
      if (message != null) {
        model = Fields.text(message.get("model"));
        id = message.get("id");
        counts.putAll(counts(message));
      }
      Map<String, Object> block = Fields.map(event.get("content_block"));
      if ("tool_use".equals(block.get("type"))) {
        endTool();
        toolUses.add(new LinkedHashMap<>(block));
      }
      Map<String, Object> delta = Fields.map(event.get("delta"));
      append(text, delta.get("text"));
      append(toolInput, delta.get("partial_json"));
      reasons.addAll(finishReasons(delta));
    }

    private void endTool() {
      if (!toolUses.isEmpty() && !toolInput.isEmpty()) {
        Fields.map(toolUses.get(toolUses.size() - 1)).put("input", toolInput.toString());
        toolInput.setLength(0);
      }
    }

    private void addNova(Map<String, Object> event) {
      Map<String, Object> delta =
          Fields.map(Fields.map(event.get("contentBlockDelta")).get("delta"));
      append(text, delta.get("text"));
      reasons.addAll(finishReasons(Fields.map(event.get("messageStop"))));
      counts.putAll(counts(Fields.map(event.get("metadata"))));
    }

    private static void append(StringBuilder to, @Nullable Object piece) {
      if (piece instanceof String string) {
        to.append(string);
      }
    }

    @Override
    public void describe(ModelResponse response) {
      synchronized (lock) {
        endTool();
        List<Object> content = new ArrayList<>();
        if (!text.isEmpty()) {
          content.add(Messages.textPart(text.toString()));
        }
        content.addAll(toolUses);
        response.model(model).metadata("response_id", id);
        if (!content.isEmpty()) {
          response.output(
              Messages.message("assistant", toolUses.isEmpty() ? text.toString() : content));
        }
        reasons.stream().distinct().forEach(response::finishReason);
        Converse.usage(response, counts);
      }
    }
  }
}
