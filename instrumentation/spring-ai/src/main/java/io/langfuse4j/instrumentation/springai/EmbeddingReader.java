package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.EMBEDDING;

import io.langfuse4j.instrumentation.Messages;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.ai.embedding.EmbeddingOptions;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.embedding.observation.EmbeddingModelObservationContext;

/** Embeddings: the texts, and how many vectors there are and how long. */
final class EmbeddingReader extends ModelReader<EmbeddingModelObservationContext> {

  EmbeddingReader() {
    super(EmbeddingModelObservationContext.class, "embed", EMBEDDING);
  }

  @Override
  void describe(ModelRequest request, EmbeddingModelObservationContext context) {
    request.input(Messages.oneOrAll(context.getRequest().getInstructions()));
    EmbeddingOptions options = context.getRequest().getOptions();
    if (options != null) {
      request.model(options.getModel()).parameter("dimensions", options.getDimensions());
    }
  }

  @Override
  void describe(ModelResponse description, EmbeddingModelObservationContext context, Step step) {
    EmbeddingResponse response = context.getResponse();
    if (response == null) {
      return;
    }
    description
        .model(response.getMetadata().getModel())
        .usageBuckets(TokenCounts.of(response.getMetadata().getUsage()));
    if (!response.getResults().isEmpty()) {
      Map<String, Object> output = new LinkedHashMap<>();
      output.put("dimensions", response.getResults().get(0).getOutput().length);
      output.put("count", response.getResults().size());
      description.output(output);
    }
  }
}
