package io.langfuse4j;

/** A search for context: documents, rows, memories. */
public final class LangfuseRetriever extends LangfuseObservation<LangfuseRetriever> {

  LangfuseRetriever(Started started) {
    super(started);
  }

  @Override
  LangfuseRetriever self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseRetriever> type() {
    return ObservationType.RETRIEVER;
  }
}
