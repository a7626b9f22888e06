package io.langfuse4j;

/** A step that decides what to do next, usually with a model and tools. */
public final class LangfuseAgent extends LangfuseObservation<LangfuseAgent> {

  LangfuseAgent(Started started) {
    super(started);
  }

  @Override
  LangfuseAgent self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseAgent> type() {
    return ObservationType.AGENT;
  }
}
