package io.langfuse4j;

/** A call to an embedding model. */
public final class LangfuseEmbedding extends LangfuseModelCall<LangfuseEmbedding> {

  LangfuseEmbedding(Started started) {
    super(started);
  }

  @Override
  LangfuseEmbedding self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseEmbedding> type() {
    return ObservationType.EMBEDDING;
  }
}
