package io.langfuse4j.instrumentation.openai;

import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Embeddings. The vectors themselves are not recorded, only how many there are and how long. */
final class EmbeddingReader implements Reader {

  @Override
  public void request(ModelRequest request, Map<String, Object> body) {
    request.model(Json.string(body.remove("model"))).input(body.remove("input"));
    Parameters.add(request, body);
  }

  @Override
  public void response(ModelResponse response, Object answer) {
    if (!(answer instanceof CreateEmbeddingResponse embeddings)) {
      return;
    }
    response
        .model(Json.known(embeddings._model()))
        .usage(Json.map(Json.known(embeddings._usage())));
    List<Embedding> vectors = Json.known(embeddings._data());
    if (vectors == null || vectors.isEmpty()) {
      return;
    }
    Map<String, Object> output = new LinkedHashMap<>();
    output.put("dimensions", vectors.get(0).embedding().size());
    output.put("count", vectors.size());
    response.output(output);
  }
}
