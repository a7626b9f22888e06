package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.OtlpSpan;
import io.langfuse4j.server.otlp.OtlpSpan.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where input and output are looked for: a span, or an event that is read like one. */
record ContentSource(
    Attributes attributes, List<Event> events, @Nullable String scope, Domain domain) {
  static ContentSource of(OtlpSpan span, Domain domain) {
    return new ContentSource(span.attributes(), span.events(), span.scope().name(), domain);
  }

  /** An event's attributes in place of the span's. Events have no events, so this ends. */
  ContentSource in(Event event) {
    return new ContentSource(event.attributes(), List.of(), scope, domain);
  }

  @Nullable JsonNode first(List<String> keys) {
    for (String key : keys) {
      JsonNode value = attributes.get(key);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  List<Event> eventsNamed(String name) {
    return events.stream().filter(event -> event.name().equals(name)).toList();
  }
}
