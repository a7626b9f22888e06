package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Images: generated, edited, varied; whole or streamed. */
final class ImageReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model")));
    Map<String, Object> input = new LinkedHashMap<>();
    for (String key : List.of("prompt", "image", "mask")) {
      Object value = body.remove(key);
      if (value != null) {
        input.put(key, value);
      }
    }
    boolean onlyPrompt = input.size() == 1 && input.containsKey("prompt");
    request.input(onlyPrompt ? input.get("prompt") : input);
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    Map<String, Object> map = Json.map(answer);
    response.model(Json.string(map.get("model"))).usage(Json.object(map.get("usage")));
    Object format = map.getOrDefault("output_format", "png");
    List<Object> images = new ArrayList<>();
    for (Map<String, Object> image : images(map)) {
      images.add(inlined(image, format));
    }
    response.output(Messages.oneOrAll(images));
  }

  /** A streamed image is the event itself. */
  private static List<Map<String, Object>> images(Map<String, Object> answer) {
    return answer.containsKey("b64_json") ? List.of(answer) : Json.maps(answer.get("data"));
  }

  /** With its type in front, which is how Langfuse recognises media. */
  private static Map<String, Object> inlined(Map<String, Object> image, @Nullable Object format) {
    Map<String, Object> output = new LinkedHashMap<>();
    for (String key : List.of("url", "revised_prompt")) {
      if (image.get(key) != null) {
        output.put(key, image.get(key));
      }
    }
    if (image.get("b64_json") instanceof String data) {
      output.put("image", Messages.dataUri("image/" + format, data));
    }
    return output;
  }
}
