package io.langfuse4j.spring;

import io.langfuse4j.LangfuseSpan;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Ends the observation of a request: when its filters return, or, where the answer comes later or
 * as a stream, when the answer is complete. Thread-safe.
 */
final class ObservedRequest implements AsyncListener {

  private final LangfuseSpan span;
  private final HttpServletResponse response;

  ObservedRequest(LangfuseSpan span, HttpServletResponse response) {
    this.span = span;
    this.response = response;
  }

  /** The filters have returned. */
  void returned(HttpServletRequest request) {
    try {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(this);
        return;
      }
    } catch (IllegalStateException completedMeanwhile) {
      // Ends here.
    }
    end();
  }

  private void end() {
    span.metadata("http_status", response.getStatus()).end();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    end();
  }

  @Override
  public void onError(AsyncEvent event) {
    if (event.getThrowable() != null) {
      span.fail(event.getThrowable());
    }
  }

  /** Who answers decides what that means. */
  @Override
  public void onTimeout(AsyncEvent event) {}

  /** Listeners do not outlast a new start. */
  @Override
  public void onStartAsync(AsyncEvent event) {
    event.getAsyncContext().addListener(this);
  }
}
