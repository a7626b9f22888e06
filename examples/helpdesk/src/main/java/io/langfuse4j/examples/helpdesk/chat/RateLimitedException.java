package io.langfuse4j.examples.helpdesk.chat;

import java.time.Duration;

/** The provider is busy (HTTP 429). */
public final class RateLimitedException extends ProviderException {
  private static final long serialVersionUID = 1L;

  private final Duration retryAfter;

  public RateLimitedException(String message, Duration retryAfter) {
    super(message);
    this.retryAfter = retryAfter;
  }

  /** How long the provider asks to wait. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
