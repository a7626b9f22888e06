package io.langfuse4j;

/** A step that judges the result of others. */
public final class LangfuseEvaluator extends LangfuseObservation<LangfuseEvaluator> {

  LangfuseEvaluator(Started started) {
    super(started);
  }

  @Override
  LangfuseEvaluator self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseEvaluator> type() {
    return ObservationType.EVALUATOR;
  }
}
