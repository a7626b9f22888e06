package io.langfuse4j.spring;

/**
 * A setting of Langfuse with which the application does not start. Spring Boot shows it as a
 * failure with an action, by {@link LangfuseFailureAnalyzer}.
 */
public final class LangfuseConfigurationException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final String action;

  LangfuseConfigurationException(String message, String action, Throwable cause) {
    super(message, cause);
    this.action = action;
  }

  LangfuseConfigurationException(String message, String action) {
    super(message);
    this.action = action;
  }

  /** What to change. */
  public String action() {
    return action;
  }
}
