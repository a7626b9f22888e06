package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Text from speech: transcriptions and translations. The sound is named, not read. */
final class TranscriptReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model")));
    Map<String, Object> input = new LinkedHashMap<>();
    for (String key : List.of("file", "prompt")) {
      Object value = body.remove(key);
      if (value != null) {
        input.put(key, value);
      }
    }
    request.input(input);
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    Map<String, Object> transcript = Json.map(answer);
    response
        .usage(Json.object(transcript.get("usage")))
        .metadata("duration_seconds", transcript.get("duration"))
        .metadata("language", transcript.get("language"))
        .output(transcript.get("text"));
  }
}
