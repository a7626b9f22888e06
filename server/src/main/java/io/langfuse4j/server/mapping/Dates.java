package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Dates that arrive as text, quoted as JSON once or twice or not at all. */
final class Dates {
  private static final int MAX_LENGTH = 100;
  private static final int MAX_QUOTES = 2;

  private static final List<Function<String, Instant>> FORMATS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));

  private Dates() {}

  /** To the millisecond; without an offset it is UTC. Null if it is no date. */
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null || text.length() > MAX_LENGTH) {
      return null;
    }
    String date = unquoted(text.strip()).replace(' ', 'T');
    for (Function<String, Instant> format : FORMATS) {
      try {
        return format.apply(date).truncatedTo(ChronoUnit.MILLIS);
      } catch (DateTimeException e) {
        // The next format may fit.
      }
    }
    return null;
  }

  private static String unquoted(String text) {
    String result = text;
    for (int i = 0; i < MAX_QUOTES && result.startsWith("\""); i++) {
      JsonNode inner = Json.parse(result);
      if (inner == null || !inner.isTextual()) {
        break;
      }
      result = inner.textValue();
    }
    return result;
  }
}
