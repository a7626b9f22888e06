package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.Map;

/** Batches and files: no model is at work, request and answer are shown as they are. */
final class ResourceReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    if (!body.isEmpty()) {
      request.input(body);
    }
  }

  /** Pages are not shown: they fetch what follows when asked. */
  @Override
  public void response(ModelResponse response, Object answer) {
    if (!answer.getClass().getSimpleName().contains("Page")) {
      response.output(Json.map(answer));
    }
  }
}
