package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A field's sources in order; the first that has a value wins. */
record Chain(List<Source> sources) {
  static Chain of(Source... sources) {
    return new Chain(List.of(sources));
  }

  @Nullable JsonNode find(OtlpSpan span) {
    for (Source source : sources) {
      JsonNode value = source.in(span);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** A string as it is, anything else as JSON text. */
  @Nullable String text(OtlpSpan span) {
    JsonNode value = find(span);
    return value == null ? null : Json.text(value);
  }
}
