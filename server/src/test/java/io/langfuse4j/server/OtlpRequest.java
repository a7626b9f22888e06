package io.langfuse4j.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OTLP export of string attributes, as JSON and as protobuf. */
public final class OtlpRequest {
  public static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final List<Span> spans = new ArrayList<>();

  private static final class Span {
    private String traceId;
    private String spanId;
    private String parentId;
    private String name;
    private long startNanos;
    private long endNanos;
    private final Map<String, String> attributes = new LinkedHashMap<>();
  }

  /** A root span of 1 s. Ids are numbers for readability. */
  public static OtlpRequest root(int trace, int span, String name) {
    return new OtlpRequest().span(trace, span, null, name, 0, 1000);
  }

  public OtlpRequest child(int trace, int span, int parent, String name) {
    return span(trace, span, parent, name, 100, 600);
  }

  public OtlpRequest span(
      int trace, int span, Integer parent, String name, long fromMillis, long toMillis) {
    Span added = new Span();
    added.traceId = traceId(trace);
    added.spanId = spanId(span);
    added.parentId = parent == null ? null : spanId(parent);
    added.name = name;
    added.startNanos = START.plusMillis(fromMillis).toEpochMilli() * 1_000_000;
    added.endNanos = START.plusMillis(toMillis).toEpochMilli() * 1_000_000;
    spans.add(added);
    return this;
  }

  /** On the span added last. */
  public OtlpRequest attribute(String key, String value) {
    spans.get(spans.size() - 1).attributes.put(key, value);
    return this;
  }

  public OtlpRequest generation(String model, int input, int output) {
    return attribute("langfuse.observation.type", "generation")
        .attribute("langfuse.observation.model.name", model)
        .attribute(
            "langfuse.observation.usage_details",
            "{\"input\":" + input + ",\"output\":" + output + "}");
  }

  public static String traceId(int trace) {
    return "%032x".formatted(trace);
  }

  public static String spanId(int span) {
    return "%016x".formatted(span);
  }

  public String json() {
    ObjectNode root = MAPPER.createObjectNode();
    ArrayNode list =
        root.putArray("resourceSpans")
            .addObject()
            .putArray("scopeSpans")
            .addObject()
            .put("schemaUrl", "")
            .putArray("spans");
    for (Span span : spans) {
      ObjectNode node = list.addObject();
      node.put("traceId", span.traceId).put("spanId", span.spanId).put("name", span.name);
      if (span.parentId != null) {
        node.put("parentSpanId", span.parentId);
      }
      node.put("startTimeUnixNano", Long.toString(span.startNanos));
      node.put("endTimeUnixNano", Long.toString(span.endNanos));
      ArrayNode attributes = node.putArray("attributes");
      span.attributes.forEach(
          (key, value) ->
              attributes.addObject().put("key", key).putObject("value").put("stringValue", value));
    }
    return root.toString();
  }

  public byte[] protobuf() {
    ScopeSpans.Builder scope = ScopeSpans.newBuilder();
    for (Span span : spans) {
      io.opentelemetry.proto.trace.v1.Span.Builder built =
          io.opentelemetry.proto.trace.v1.Span.newBuilder()
              .setTraceId(bytes(span.traceId))
              .setSpanId(bytes(span.spanId))
              .setName(span.name)
              .setStartTimeUnixNano(span.startNanos)
              .setEndTimeUnixNano(span.endNanos);
      if (span.parentId != null) {
        built.setParentSpanId(bytes(span.parentId));
      }
      span.attributes.forEach(
          (key, value) ->
              built.addAttributes(
                  KeyValue.newBuilder()
                      .setKey(key)
                      .setValue(AnyValue.newBuilder().setStringValue(value))));
      scope.addSpans(built);
    }
    return ExportTraceServiceRequest.newBuilder()
        .addResourceSpans(ResourceSpans.newBuilder().addScopeSpans(scope))
        .build()
        .toByteArray();
  }

  private static ByteString bytes(String hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex));
  }
}
