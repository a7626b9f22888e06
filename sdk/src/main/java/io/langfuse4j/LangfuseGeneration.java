package io.langfuse4j;

/** A call to a generative model. */
public final class LangfuseGeneration extends LangfuseModelCall<LangfuseGeneration> {

  LangfuseGeneration(Started started) {
    super(started);
  }

  @Override
  LangfuseGeneration self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseGeneration> type() {
    return ObservationType.GENERATION;
  }
}
