package io.langfuse4j;

/** A call to a tool, function or service that a model or agent asked for. */
public final class LangfuseTool extends LangfuseObservation<LangfuseTool> {

  LangfuseTool(Started started) {
    super(started);
  }

  @Override
  LangfuseTool self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseTool> type() {
    return ObservationType.TOOL;
  }
}
