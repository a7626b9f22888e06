package io.langfuse4j;

/** A link between steps, for example handing retrieved text to a model. */
public final class LangfuseChain extends LangfuseObservation<LangfuseChain> {

  LangfuseChain(Started started) {
    super(started);
  }

  @Override
  LangfuseChain self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseChain> type() {
    return ObservationType.CHAIN;
  }
}
