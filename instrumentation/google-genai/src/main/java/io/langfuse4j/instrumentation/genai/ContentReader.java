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
import java.util.TreeMap;

/** {@code generateContent} and its streaming form. */
final class ContentReader implements Reader {

  private static final Set<String> SETTINGS =
      Set.of("thinkingConfig", "speechConfig", "imageConfig", "toolConfig");

  @Override
  public void request(ModelRequest request, String model, Map<String, Object> body) {
    Map<String, Object> configuration = Fields.map(body.get("generationConfig"));
    request
        .model(model)
        .input(input(body))
        .metadata(
            "response_format",
            configuration.getOrDefault("responseJsonSchema", configuration.get("responseSchema")));
    Map<String, Object> parameters = new LinkedHashMap<>(configuration);
    parameters.put("toolConfig", body.get("toolConfig"));
    parameters.put("cachedContent", body.get("cachedContent"));
    request.parameters(parameters, SETTINGS);
  }

  /** The messages, or a map if tools go with them. */
  private static Object input(Map<String, Object> body) {
    List<Map<String, Object>> messages = new ArrayList<>();
    Object system = Fields.map(body.get("systemInstruction")).get("parts");
    messages.addAll(Parts.messages("system", system));
    for (Map<String, Object> content : Fields.maps(body.get("contents"))) {
      messages.addAll(Parts.messages(Fields.text(content.get("role")), content.get("parts")));
    }
    List<Object> tools = new ArrayList<>();
    Fields.maps(body.get("tools")).forEach(tool -> addTool(tools, tool));
    if (tools.isEmpty()) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("tools", tools);
    all.put("messages", messages);
    return all;
  }

  /** Functions in the form in which Langfuse recognises a tool; Google's own tools as they are. */
  private static void addTool(List<Object> tools, Map<String, Object> tool) {
    List<Map<String, Object>> functions = Fields.maps(tool.get("functionDeclarations"));
    functions.forEach(function -> tools.add(Map.of("type", "function", "function", function)));
    if (functions.isEmpty()) {
      tools.add(tool);
    }
  }

  @Override
  public void response(ModelResponse response, List<Map<String, Object>> pieces) {
    Map<Long, Parts> candidates = new TreeMap<>();
    Map<Long, String> reasons = new TreeMap<>();
    Map<String, Object> last = new LinkedHashMap<>();
    for (Map<String, Object> piece : pieces) {
      last.putAll(piece);
      for (Map<String, Object> candidate : Fields.maps(piece.get("candidates"))) {
        long index = Fields.number(candidate.get("index"));
        Parts parts = candidates.computeIfAbsent(index, i -> new Parts());
        Fields.maps(Fields.map(candidate.get("content")).get("parts")).forEach(parts::add);
        if (candidate.get("finishReason") instanceof String reason) {
          reasons.put(index, reason);
        }
      }
    }
    List<Object> messages = new ArrayList<>();
    candidates.values().stream()
        .filter(parts -> !parts.isEmpty())
        .forEach(parts -> messages.add(parts.message("assistant")));
    reasons.values().forEach(response::finishReason);
    response
        .finishReason(Fields.text(Fields.map(last.get("promptFeedback")).get("blockReason")))
        .model(Fields.text(last.get("modelVersion")))
        .metadata("response_id", last.get("responseId"))
        .output(Messages.oneOrAll(messages));
    Usage.describe(response, Fields.map(last.get("usageMetadata")));
  }
}
