package io.langfuse4j.instrumentation.testing;

/** How a call can go: the columns of the table of what was tested. */
public enum Outcome {
  OK("ok"),
  TOOL_CALL("tool call"),
  PROVIDER_ERROR("provider error"),
  TRANSPORT_ERROR("transport error"),
  CUT("cut stream"),
  CANCELLED("closed or cancelled"),
  ABANDONED("abandoned");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  /** As the table says it. */
  public String label() {
    return label;
  }
}
