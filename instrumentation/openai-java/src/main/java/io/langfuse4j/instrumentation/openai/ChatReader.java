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

/** Chat completions. */
final class ChatReader implements Reader {

  /** Content that stands beside the messages. */
  private static final List<String> BESIDE_MESSAGES =
      List.of("functions", "function_call", "tools", "prediction");

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model")));
    request.input(input(body));
    request.metadata("response_format", body.remove("response_format"));
    Parameters.add(request, body);
  }

  /** The messages, or a map if tools and the like go with them. */
  private static Object input(Map<String, Object> body) {
    List<Map<String, Object>> messages = Json.maps(body.remove("messages"));
    messages.forEach(ChatReader::inlineAudio);
    Map<String, Object> all = new LinkedHashMap<>();
    for (String key : BESIDE_MESSAGES) {
      Object value = body.remove(key);
      if (value != null) {
        all.put(key, value);
      }
    }
    if (all.isEmpty()) {
      return messages;
    }
    if (body.get("tool_choice") instanceof Map<?, ?> choice) {
      body.remove("tool_choice");
      all.put("tool_choice", choice);
    }
    all.put("messages", messages);
    return all;
  }

  /** Audio with its type in front, which is how Langfuse recognises media. */
  private static void inlineAudio(Map<String, Object> message) {
    for (Map<String, Object> part : Json.maps(message.get("content"))) {
      Map<String, Object> audio = Json.object(part.get("input_audio"));
      if (audio != null && audio.get("data") instanceof String data) {
        audio.put("data", Messages.dataUri("audio/" + audio.getOrDefault("format", "wav"), data));
      }
    }
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    Map<String, Object> completion = Json.map(answer);
    response
        .model(Json.string(completion.get("model")))
        .usage(Json.object(completion.get("usage")))
        .parameter("service_tier", completion.get("service_tier"))
        .metadata("response_id", completion.get("id"));
    List<Object> messages = new ArrayList<>();
    for (Map<String, Object> choice : Json.maps(completion.get("choices"))) {
      response.finishReason(Json.string(choice.get("finish_reason")));
      Map<String, Object> message = Json.object(choice.get("message"));
      if (message != null) {
        messages.add(cleaned(message));
      }
    }
    response.output(Messages.oneOrAll(messages));
  }

  /** As a streamed message looks: nothing that is empty. */
  private static Map<String, Object> cleaned(Map<String, Object> message) {
    message.values().removeIf(value -> value instanceof Collection<?> c && c.isEmpty());
    Map<String, Object> audio = Json.object(message.get("audio"));
    if (audio != null && audio.get("data") instanceof String data) {
      audio.put("data", Messages.dataUri("audio/wav", data));
    }
    return message;
  }

  @Override
  public StreamedAnswer<Object> streamed(boolean hidesUsage) {
    return new StreamedChat(hidesUsage);
  }
}
