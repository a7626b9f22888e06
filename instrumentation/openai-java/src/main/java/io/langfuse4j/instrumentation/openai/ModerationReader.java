package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.Map;

/** Moderations: which categories a text was found in. */
final class ModerationReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model"))).input(body.remove("input"));
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    Map<String, Object> moderation = Json.map(answer);
    response
        .model(Json.string(moderation.get("model")))
        .metadata("response_id", moderation.get("id"))
        .output(Messages.oneOrAll(Json.maps(moderation.get("results"))));
  }
}
