package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.RETRIEVER;

import dev.langchain4j.rag.AugmentationRequest;
import dev.langchain4j.rag.AugmentationResult;
import dev.langchain4j.rag.RetrievalAugmentor;
import io.langfuse4j.Langfuse;
import java.util.function.Supplier;

/** Observes the whole of a retrieval: queries, retrievers, ranking. Thread-safe. */
final class ObservedAugmentor implements RetrievalAugmentor {

  private final RetrievalAugmentor augmentor;
  private final Supplier<Langfuse> langfuse;

  ObservedAugmentor(RetrievalAugmentor augmentor, Supplier<Langfuse> langfuse) {
    this.augmentor = augmentor;
    this.langfuse = langfuse;
  }

  @Override
  public AugmentationResult augment(AugmentationRequest request) {
    return Steps.observe(
        langfuse,
        "retrieve",
        RETRIEVER,
        Invocation.contextOf(request.metadata().invocationContext()),
        observation -> observation.input(ChatMessages.one(request.chatMessage()).get("content")),
        () -> augmentor.augment(request),
        outcome -> outcome.observation().output(Documents.of(outcome.result().contents())));
  }

  @Override
  public String toString() {
    return "Langfuse(" + augmentor + ")";
  }
}
