package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.Map;

/** Speech from text. The sound goes by; its type and size are recorded, see {@link TracedBody}. */
final class SpeechReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model")));
    Object instructions = body.remove("instructions");
    Object input = body.remove("input");
    request.input(
        instructions == null || input == null
            ? input
            : Map.of("instructions", instructions, "input", input));
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {}
}
