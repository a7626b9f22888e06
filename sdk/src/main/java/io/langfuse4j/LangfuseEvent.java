package io.langfuse4j;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A moment rather than a period: whenever it is ended, its end time is its start time. */
public final class LangfuseEvent extends LangfuseObservation<LangfuseEvent> {

  LangfuseEvent(Started started) {
    super(started);
  }

  @Override
  LangfuseEvent self() {
    return this;
  }

  @Override
  public ObservationType<LangfuseEvent> type() {
    return ObservationType.EVENT;
  }

  @Override
  void endSpan(@Nullable Instant ignored) {
    span().end(started.startNanos(), TimeUnit.NANOSECONDS);
  }
}
