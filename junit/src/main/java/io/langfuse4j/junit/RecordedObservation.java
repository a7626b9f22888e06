package io.langfuse4j.junit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An observation as it would have been sent. Immutable. */
public final class RecordedObservation {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "langfuse.observation.";

  private final SpanData span;

  RecordedObservation(SpanData span) {
    this.span = span;
  }

  public String name() {
    return span.getName();
  }

  /** In lower case, for example {@code generation}; {@code span} if it is of somebody else. */
  public String type() {
    String type = text(PREFIX + "type");
    return type == null ? "span" : type;
  }

  public String id() {
    return span.getSpanId();
  }

  public String traceId() {
    return span.getTraceId();
  }

  public String parentId() {
    return span.getParentSpanId();
  }

  /** As recorded: strings as they are, everything else as JSON. Null if nothing was recorded. */
  public @Nullable String input() {
    return text(PREFIX + "input");
  }

  /** As recorded: strings as they are, everything else as JSON. Null if nothing was recorded. */
  public @Nullable String output() {
    return text(PREFIX + "output");
  }

  public @Nullable String model() {
    return text(PREFIX + "model.name");
  }

  /** {@code DEFAULT} unless it was set. */
  public String level() {
    return Objects.requireNonNullElse(text(PREFIX + "level"), "DEFAULT");
  }

  public @Nullable String statusMessage() {
    return text(PREFIX + "status_message");
  }

  public @Nullable String userId() {
    return text("user.id");
  }

  public @Nullable String sessionId() {
    return text("session.id");
  }

  public List<String> tags() {
    List<String> tags =
        span.getAttributes().get(AttributeKey.stringArrayKey("langfuse.trace.tags"));
    return tags == null ? List.of() : tags;
  }

  /** An entry of the observation's metadata; null if there is none. */
  public @Nullable Object metadata(String key) {
    return attribute(PREFIX + "metadata." + key);
  }

  public @Nullable String promptName() {
    return text(PREFIX + "prompt.name");
  }

  public @Nullable Long promptVersion() {
    return attribute(PREFIX + "prompt.version") instanceof Long version ? version : null;
  }

  /** Units by bucket; empty if none were recorded. */
  public Map<String, Long> usage() {
    Map<String, Long> usage = new LinkedHashMap<>();
    json(PREFIX + "usage_details")
        .fields()
        .forEachRemaining(e -> usage.put(e.getKey(), e.getValue().asLong()));
    return usage;
  }

  /** US dollars by bucket; empty if none were recorded. */
  public Map<String, Double> cost() {
    Map<String, Double> cost = new LinkedHashMap<>();
    json(PREFIX + "cost_details")
        .fields()
        .forEachRemaining(e -> cost.put(e.getKey(), e.getValue().asDouble()));
    return cost;
  }

  /** Any attribute of the span; null if there is none. */
  public @Nullable Object attribute(String key) {
    return span.getAttributes().asMap().entrySet().stream()
        .filter(entry -> entry.getKey().getKey().equals(key))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  /** The OpenTelemetry span. */
  public SpanData span() {
    return span;
  }

  private @Nullable String text(String key) {
    return span.getAttributes().get(AttributeKey.stringKey(key));
  }

  private JsonNode json(String key) {
    String text = text(key);
    try {
      return text == null ? JSON.createObjectNode() : JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(key + " is not JSON: " + text, e);
    }
  }

  /** For example {@code generation ask}. */
  @Override
  public String toString() {
    return type() + " " + name();
  }
}
