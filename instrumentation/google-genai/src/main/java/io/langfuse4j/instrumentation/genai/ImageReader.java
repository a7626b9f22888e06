package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Images of Imagen. */
final class ImageReader implements Reader {

  @Override
  public void request(ModelRequest request, String model, Map<String, Object> body) {
    List<Object> prompts = new ArrayList<>();
    Fields.maps(body.get("instances"))
        .forEach(instance -> prompts.add(instance.getOrDefault("prompt", instance)));
    request
        .model(model)
        .input(Messages.oneOrAll(prompts))
        .parameters(Fields.map(body.get("parameters")), Set.of());
  }

  @Override
  public void response(ModelResponse response, List<Map<String, Object>> pieces) {
    List<Object> images = new ArrayList<>();
    for (Map<String, Object> piece : pieces) {
      for (Map<String, Object> prediction : Fields.maps(piece.get("predictions"))) {
        if (prediction.get("bytesBase64Encoded") instanceof String data) {
          Object type = prediction.getOrDefault("mimeType", "image/png");
          images.add(Messages.dataUri(String.valueOf(type), data));
        }
        response.finishReason(Fields.text(prediction.get("raiFilteredReason")));
      }
    }
    response.output(Messages.oneOrAll(images));
  }
}
