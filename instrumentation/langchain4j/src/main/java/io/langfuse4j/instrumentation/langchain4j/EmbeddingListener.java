package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.EMBEDDING;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.listener.EmbeddingModelErrorContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelListener;
import dev.langchain4j.model.embedding.listener.EmbeddingModelRequestContext;
import dev.langchain4j.model.embedding.listener.EmbeddingModelResponseContext;
import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Embeddings: the texts, and how many vectors there are and how long. Thread-safe. */
final class EmbeddingListener implements EmbeddingModelListener {

  private final Calls calls;

  EmbeddingListener(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void onRequest(EmbeddingModelRequestContext context) {
    ModelCall call = calls.start("embed", EMBEDDING);
    if (call.isActive()) {
      call.request(request -> describe(request, context));
      context.attributes().put(this, call);
    }
  }

  private static void describe(ModelRequest request, EmbeddingModelRequestContext context) {
    request.input(
        Messages.oneOrAll(context.textSegments().stream().map(TextSegment::text).toList()));
    request.model(modelName(context));
  }

  private static String modelName(EmbeddingModelRequestContext context) {
    return context.embeddingModel().modelName();
  }

  @Override
  public void onResponse(EmbeddingModelResponseContext context) {
    if (context.attributes().get(this) instanceof ModelCall call) {
      call.succeed(response -> describe(response, context));
    }
  }

  private static void describe(ModelResponse response, EmbeddingModelResponseContext context) {
    response.usageBuckets(Usage.buckets(context.response().tokenUsage()));
    List<Embedding> vectors = context.response().content();
    if (!vectors.isEmpty()) {
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("dimensions", vectors.get(0).dimension());
      output.put("count", vectors.size());
      response.output(output);
    }
  }

  @Override
  public void onError(EmbeddingModelErrorContext context) {
    if (context.attributes().get(this) instanceof ModelCall call) {
      Failures.fail(call, context.error());
    }
  }
}
