package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Embeddings, of Gemini and of Vertex AI. The vectors themselves are not recorded, only how many
 * there are and how long.
 */
final class EmbeddingReader implements Reader {

  @Override
  public void request(ModelRequest request, String model, Map<String, Object> body) {
    List<Map<String, Object>> requests = new ArrayList<>(Fields.maps(body.get("requests")));
    if (body.containsKey("content")) {
      requests.add(body);
    }
    List<Object> texts = new ArrayList<>();
    for (Map<String, Object> one : requests) {
      Fields.maps(Fields.map(one.get("content")).get("parts"))
          .forEach(part -> texts.add(part.getOrDefault("text", part)));
    }
    Fields.maps(body.get("instances"))
        .forEach(instance -> texts.add(instance.getOrDefault("content", instance)));
    request.model(model).input(Messages.oneOrAll(texts));
    Map<String, Object> parameters = new LinkedHashMap<>(Fields.map(body.get("parameters")));
    for (Map<String, Object> one : requests) {
      parameters.put("taskType", one.get("taskType"));
      parameters.put("outputDimensionality", one.get("outputDimensionality"));
    }
    request.parameters(parameters, Set.of());
  }

  @Override
  public void response(ModelResponse response, List<Map<String, Object>> pieces) {
    List<Map<String, Object>> vectors = new ArrayList<>();
    long tokens = 0;
    for (Map<String, Object> piece : pieces) {
      vectors.addAll(Fields.maps(piece.get("embeddings")));
      if (piece.containsKey("embedding")) {
        vectors.add(Fields.map(piece.get("embedding")));
      }
      for (Map<String, Object> prediction : Fields.maps(piece.get("predictions"))) {
        Map<String, Object> vector = Fields.map(prediction.get("embeddings"));
        vectors.add(vector);
        tokens += Fields.number(Fields.map(vector.get("statistics")).get("token_count"));
      }
      Usage.describe(response, Fields.map(piece.get("usageMetadata")));
    }
    if (tokens > 0) {
      response.usageBuckets(Map.of("input", tokens, "total", tokens));
    }
    if (!vectors.isEmpty() && vectors.get(0).get("values") instanceof List<?> values) {
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("dimensions", values.size());
      output.put("count", vectors.size());
      response.output(output);
    }
  }
}
