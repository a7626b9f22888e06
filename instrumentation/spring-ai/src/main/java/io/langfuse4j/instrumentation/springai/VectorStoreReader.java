package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.RETRIEVER;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.LangfuseRetriever;
import io.langfuse4j.LangfuseSpan;
import io.micrometer.observation.Observation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.document.Document;
import org.springframework.ai.vectorstore.SearchRequest;
import org.springframework.ai.vectorstore.observation.VectorStoreObservationContext;

/** Vector stores: a search is a retriever with documents and scores, the rest spans. */
final class VectorStoreReader extends StepReader<VectorStoreObservationContext> {

  VectorStoreReader() {
    super(VectorStoreObservationContext.class);
  }

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    VectorStoreObservationContext store = cast(context);
    String name = "vector-store." + store.getOperationName();
    LangfuseObservation<?> observation = search(langfuse, name, store.getQueryRequest());
    observation
        .metadata("database", store.getDatabaseSystem())
        .metadata("collection", store.getCollectionName());
    return Step.of(observation, parent);
  }

  private static LangfuseObservation<?> search(
      Langfuse langfuse, String name, @Nullable SearchRequest request) {
    if (request == null) {
      LangfuseSpan span = langfuse.startObservation(name);
      return span;
    }
    LangfuseRetriever retriever = langfuse.startObservation(name, RETRIEVER);
    return retriever
        .input(request.getQuery())
        .metadata("top_k", request.getTopK())
        .metadata("similarity_threshold", request.getSimilarityThreshold())
        .metadata(
            "filter",
            request.getFilterExpression() == null
                ? null
                : request.getFilterExpression().toString());
  }

  @Override
  @Nullable Object output(VectorStoreObservationContext context) {
    List<Document> found = context.getQueryResponse();
    return found == null ? null : found.stream().map(VectorStoreReader::document).toList();
  }

  private static Map<String, Object> document(Document found) {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("id", found.getId());
    if (found.getText() != null) {
      document.put("content", found.getText());
    }
    if (!found.getMetadata().isEmpty()) {
      document.put("metadata", found.getMetadata());
    }
    if (found.getScore() != null) {
      document.put("score", found.getScore());
    }
    return document;
  }
}
