package io.langfuse4j;

/** A step without a more specific type. */
public final class LangfuseSpan extends LangfuseObservation<LangfuseSpan> {

  LangfuseSpan(Started started) {
    super(started);
  }

  @Override
  LangfuseSpan self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseSpan> type() {
    return ObservationType.SPAN;
  }
}
