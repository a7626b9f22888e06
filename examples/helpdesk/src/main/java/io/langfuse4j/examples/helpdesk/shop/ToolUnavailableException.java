package io.langfuse4j.examples.helpdesk.shop;

/** A tool failed for a reason that may pass. */
public final class ToolUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ToolUnavailableException(String message) {
    super(message);
  }
}
