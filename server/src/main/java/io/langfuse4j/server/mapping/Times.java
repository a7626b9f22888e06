package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Start, end and first token of a span. */
final class Times {
  private static final BigDecimal MAX_MILLIS = BigDecimal.valueOf(100L * 365 * 86_400_000);

  private Times() {}

  static Timing of(OtlpSpan span, Clock clock) {
    Instant start = span.startTime() != null ? span.startTime() : span.endTime();
    if (start == null) {
      start = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
    Instant end = span.endTime() == null || span.endTime().isBefore(start) ? start : span.endTime();
    return new Timing(start, end, completionStart(span, start));
  }

  private static @Nullable Instant completionStart(OtlpSpan span, Instant start) {
    Instant said =
        Dates.parse(span.attributes().text("langfuse.observation.completion_start_time"));
    if (said != null) {
      return said;
    }
    JsonNode millis = FieldSources.MILLIS_TO_FIRST_CHUNK.find(span);
    BigDecimal number = Json.isTruthy(millis) ? Numbers.decimal(millis) : null;
    if (number == null || number.abs().compareTo(MAX_MILLIS) > 0) {
      return null;
    }
    return start.plusMillis(number.setScale(0, RoundingMode.CEILING).longValue());
  }
}
