package io.langfuse4j;

/** A step that protects against unsafe input or output. */
public final class LangfuseGuardrail extends LangfuseObservation<LangfuseGuardrail> {

  LangfuseGuardrail(Started started) {
    super(started);
  }

  @Override
  LangfuseGuardrail self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseGuardrail> type() {
    return ObservationType.GUARDRAIL;
  }
}
