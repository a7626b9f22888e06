package io.langfuse4j.testing;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A span as it arrived over OTLP, decoded by OpenTelemetry's own protobuf classes. */
public record RecordedSpan(
    String name,
    String traceId,
    String spanId,
    String parentSpanId,
    long startNanos,
    long endNanos,
    Map<String, Object> attributes,
    List<Event> events,
    List<Link> links,
    int statusCode,
    String statusMessage,
    int kind,
    String scopeName,
    String scopeVersion,
    Map<String, Object> scopeAttributes,
    Map<String, Object> resourceAttributes) {

  /** What stands for null among the elements of an array. */
  public static final Object NULL = "<null>";

  /** An event of a span. */
  public record Event(String name, Map<String, Object> attributes) {}

  /** A link of a span. */
  public record Link(String traceId, String spanId, Map<String, Object> attributes) {}

  static RecordedSpan of(Resource resource, InstrumentationScope scope, Span span) {
    return new RecordedSpan(
        span.getName(),
        hex(span.getTraceId().toByteArray()),
        hex(span.getSpanId().toByteArray()),
        hex(span.getParentSpanId().toByteArray()),
        span.getStartTimeUnixNano(),
        span.getEndTimeUnixNano(),
        attributes(span.getAttributesList()),
        span.getEventsList().stream()
            .map(event -> new Event(event.getName(), attributes(event.getAttributesList())))
            .toList(),
        span.getLinksList().stream()
            .map(
                link ->
                    new Link(
                        hex(link.getTraceId().toByteArray()),
                        hex(link.getSpanId().toByteArray()),
                        attributes(link.getAttributesList())))
            .toList(),
        span.getStatus().getCodeValue(),
        span.getStatus().getMessage(),
        span.getKindValue(),
        scope.getName(),
        scope.getVersion(),
        attributes(scope.getAttributesList()),
        attributes(resource.getAttributesList()));
  }

  /** {@code langfuse.observation.type}. */
  public String type() {
    return (String) attributes.get("langfuse.observation.type");
  }

  /** An attribute of the observation, without its prefix: {@code input}, {@code metadata.x}. */
  public Object observation(String key) {
    return attributes.get("langfuse.observation." + key);
  }

  public boolean isRoot() {
    return parentSpanId.isEmpty();
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static Map<String, Object> attributes(List<KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                attribute -> value(attribute.getValue()),
                (first, second) -> {
                  throw new AssertionError("an attribute was sent twice");
                },
                TreeMap::new));
  }

  private static Object value(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> value.getStringValue();
      case BOOL_VALUE -> value.getBoolValue();
      case INT_VALUE -> value.getIntValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case ARRAY_VALUE ->
          value.getArrayValue().getValuesList().stream().map(RecordedSpan::value).toList();
      case VALUE_NOT_SET -> NULL;
      default -> value.toString();
    };
  }
}
