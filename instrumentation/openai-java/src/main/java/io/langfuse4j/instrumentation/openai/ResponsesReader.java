package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.langfuse4j.instrumentation.StreamedAnswer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Responses API. */
final class ResponsesReader implements Reader {

  /** Recorded beside the input, as the other SDKs do. */
  private static final List<String> BESIDE_INPUT =
      List.of("tools", "tool_choice", "parallel_tool_calls", "prompt");

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model")));
    request.input(input(body));
    Map<String, Object> text = Json.object(body.get("text"));
    if (text != null) {
      request.metadata("text_format", text.remove("format"));
      if (text.isEmpty()) {
        body.remove("text");
      }
    }
    Parameters.add(request, body);
  }

  private static @Nullable Object input(Map<String, Object> body) {
    Object instructions = body.remove("instructions");
    Object input = body.remove("input");
    Map<String, Object> fields = new LinkedHashMap<>();
    for (String key : BESIDE_INPUT) {
      Object value = body.remove(key);
      if (value != null) {
        fields.put(key, value);
      }
    }
    Object messages = withInstructions(instructions, input);
    if (fields.isEmpty()) {
      return messages;
    }
    Map<String, Object> all = new LinkedHashMap<>();
    if (messages instanceof Map<?, ?> map) {
      map.forEach((key, value) -> all.put(String.valueOf(key), value));
    } else if (messages != null) {
      all.put("input", messages);
    }
    all.putAll(fields);
    return all;
  }

  /** Instructions are a system message, wherever there are messages to put one before. */
  private static @Nullable Object withInstructions(
      @Nullable Object instructions, @Nullable Object input) {
    if (instructions == null) {
      return input;
    }
    List<Object> messages = new ArrayList<>();
    messages.add(Map.of("role", "system", "content", instructions));
    if (input instanceof String) {
      messages.add(Map.of("role", "user", "content", input));
      return messages;
    }
    if (input instanceof Collection<?> items) {
      messages.addAll(items);
      return messages;
    }
    return input == null
        ? Map.of("instructions", instructions)
        : Map.of("instructions", instructions, "input", input);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    describe(response, Json.map(answer));
  }

  static void describe(ModelResponse response, Map<String, Object> answer) {
    response
        .model(Json.string(answer.get("model")))
        .usage(Json.object(answer.get("usage")))
        .parameter("service_tier", answer.get("service_tier"))
        .metadata("response_id", answer.get("id"))
        .metadata("status", answer.get("status"))
        .output(Messages.oneOrAll(Json.maps(answer.get("output"))));
    Map<String, Object> incomplete = Json.object(answer.get("incomplete_details"));
    if (incomplete != null) {
      response.finishReason(Json.string(incomplete.get("reason")));
    }
    Map<String, Object> error = Json.object(answer.get("error"));
    if (error != null) {
      response.error(Json.string(error.get("message")));
      response.metadata("error_code", error.get("code"));
    }
  }

  @Override
  public StreamedAnswer<Object> streamed(boolean hidesUsage) {
    return new StreamedResponse();
  }
}
