package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import org.jspecify.annotations.Nullable;

/** Roughly how many bytes occupy memory while they wait to be written. */
public final class Weights {
  private Weights() {}

  /** A span with what it says about its trace. */
  public static long of(Observation observation, @Nullable TraceUpdate update) {
    Observation.Content content = observation.content();
    return 1_000L
        + 2L * (length(content.input()) + length(content.output()))
        + 3L * content.metadata().length()
        + (update == null ? 0 : length(update.input()) + length(update.output()));
  }

  /** An update that comes without a span. */
  public static long of(TraceUpdate update) {
    return 500L
        + 2L * (length(update.input()) + length(update.output()) + update.metadata().length());
  }

  public static long of(Score score) {
    return 500L + 2L * (length(score.comment()) + score.metadata().length());
  }

  private static long length(@Nullable String text) {
    return text == null ? 0 : text.length();
  }
}
