package io.langfuse4j.examples.helpdesk.libraries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.langfuse4j.testing.RecordedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Traces as text, so that two runs can be compared: every span with all its attributes, in order,
 * without what differs from run to run (ids, times) and what libraries name in their own way.
 */
final class TraceText {
  private static final String OBSERVATION = "langfuse.observation.";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  /** Ids and times, the name of the provider, and each library's words for a failure. */
  private static final Set<String> NAMING =
      Set.of(
          OBSERVATION + "metadata.response_id",
          OBSERVATION + "metadata.provider",
          OBSERVATION + "completion_start_time",
          OBSERVATION + "status_message",
          "session.id");

  private TraceText() {}

  /** Only types and levels. */
  static String shape(List<RecordedSpan> spans) {
    return text(spans, span -> span.type() + suffix(span.observation("level")));
  }

  /** Everything that libraries do not name in their own way. */
  static String of(List<RecordedSpan> spans) {
    return text(spans, TraceText::line);
  }

  private static String text(List<RecordedSpan> sent, Function<RecordedSpan, String> line) {
    List<RecordedSpan> spans = new ArrayList<>(sent);
    // Retrievals run at the same time, in any order.
    spans.sort(
        Comparator.comparing((RecordedSpan span) -> !span.type().equals("retriever"))
            .thenComparing(
                span -> span.type().equals("retriever") ? (String) span.observation("input") : "")
            .thenComparingLong(RecordedSpan::startNanos));
    StringBuilder text = new StringBuilder();
    append(text, spans, "", "", line);
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      List<RecordedSpan> spans,
      String parent,
      String indent,
      Function<RecordedSpan, String> line) {
    for (RecordedSpan span : spans) {
      if (span.parentSpanId().equals(parent)) {
        text.append(indent).append(line.apply(span)).append('\n');
        append(text, spans, span.spanId(), indent + "  ", line);
      }
    }
  }

  private static String line(RecordedSpan span) {
    boolean generation = span.type().equals("generation");
    Map<String, Object> attributes = new TreeMap<>();
    span.attributes()
        .forEach(
            (key, value) -> {
              if (!NAMING.contains(key)) {
                attributes.put(key.replace(OBSERVATION, ""), normal(value));
              }
            });
    if (!generation) {
      attributes.put("name", span.name());
      attributes.put("status", span.statusMessage());
    }
    String session = String.valueOf(span.attributes().get("session.id"));
    attributes.put("session", session.replaceAll("-\\d{4}-\\d{6}$", ""));
    boolean streamed = span.observation("completion_start_time") != null;
    return attributes + (streamed ? " streamed=true" : "");
  }

  /** JSON in one order of its fields. */
  private static Object normal(Object value) {
    if (!(value instanceof String text) || !(text.startsWith("{") || text.startsWith("["))) {
      return value;
    }
    try {
      return JSON.writeValueAsString(withoutHabits(JSON.readValue(text, Object.class)));
    } catch (JsonProcessingException e) {
      return value;
    }
  }

  /** Some repeat the tool's name beside its result; only openai-java shows how it streams. */
  private static Object withoutHabits(Object json) {
    if (json instanceof Map<?, ?> parameters) {
      parameters.remove("stream_options");
    }
    if (json instanceof Map<?, ?> object && object.get("messages") instanceof List<?> messages) {
      messages.forEach(
          message -> {
            if (message instanceof Map<?, ?> map && "tool".equals(map.get("role"))) {
              map.remove("name");
            }
          });
    }
    return json;
  }

  private static String suffix(Object level) {
    return level == null || level.equals("DEFAULT") ? "" : " " + level;
  }
}
