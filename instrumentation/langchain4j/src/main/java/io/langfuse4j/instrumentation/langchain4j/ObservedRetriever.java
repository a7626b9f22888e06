package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.RETRIEVER;

import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Metadata;
import dev.langchain4j.rag.query.Query;
import io.langfuse4j.Langfuse;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Observes retrieval, also on the threads on which several retrievers run. Thread-safe. */
final class ObservedRetriever implements ContentRetriever {

  private final ContentRetriever retriever;
  private final Supplier<Langfuse> langfuse;

  ObservedRetriever(ContentRetriever retriever, Supplier<Langfuse> langfuse) {
    this.retriever = retriever;
    this.langfuse = langfuse;
  }

  @Override
  public List<Content> retrieve(Query query) {
    return Steps.observe(
        langfuse,
        name(),
        RETRIEVER,
        parent(query),
        observation -> observation.input(query.text()),
        () -> retriever.retrieve(query),
        outcome -> outcome.observation().output(Documents.of(outcome.result())));
  }

  private String name() {
    String name = retriever.getClass().getSimpleName();
    return name.isEmpty() || retriever.getClass().isSynthetic() ? "retrieve" : name;
  }

  /** A thread of the library's pool has no context; the query knows whom it is for. */
  private static @Nullable Context parent(Query query) {
    Metadata metadata = query.metadata();
    return metadata == null || Context.current() != Context.root()
        ? null
        : Invocation.contextOf(metadata.invocationContext());
  }

  @Override
  public String toString() {
    return "Langfuse(" + retriever + ")";
  }
}
