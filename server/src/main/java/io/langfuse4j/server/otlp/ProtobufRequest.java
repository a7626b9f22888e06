package io.langfuse4j.server.otlp;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One OTLP/protobuf request. All problems are collected before it is refused. */
final class ProtobufRequest {
  /** Protobuf's own default of 100 is 33 levels of nested values, which real logs exceed. */
  static final int MAX_DEPTH = 300;

  private final Problems problems = new Problems();
  private final List<OtlpSpan> spans = new ArrayList<>();

  private ProtobufRequest() {}

  static OtlpExport decode(byte[] body) {
    ExportTraceServiceRequest message = parse(body);
    ProtobufRequest request = new ProtobufRequest();
    message.getResourceSpansList().forEach(request::readResource);
    request.problems.throwIfAny();
    return message.getResourceSpansCount() == 0
        ? OtlpExport.NOTHING
        : new OtlpExport(request.spans, false);
  }

  private static ExportTraceServiceRequest parse(byte[] body) {
    try {
      return parseStrictly(body);
    } catch (IOException e) {
      return parseRepaired(body, e);
    }
  }

  private static ExportTraceServiceRequest parseRepaired(byte[] body, IOException first) {
    try {
      return parseStrictly(Utf8Repair.repair(body, ExportTraceServiceRequest.getDescriptor()));
    } catch (IOException e) {
      throw OtlpException.badProtobuf(first);
    }
  }

  private static ExportTraceServiceRequest parseStrictly(byte[] body) throws IOException {
    CodedInputStream input = CodedInputStream.newInstance(body);
    input.setRecursionLimit(MAX_DEPTH);
    ExportTraceServiceRequest message = ExportTraceServiceRequest.parseFrom(input);
    if (!input.isAtEnd()) {
      throw new InvalidProtocolBufferException("trailing bytes");
    }
    return message;
  }

  private void readResource(ResourceSpans entry) {
    int spanCount = entry.getScopeSpansList().stream().mapToInt(ScopeSpans::getSpansCount).sum();
    SharedAttributes shared =
        new SharedAttributes(
            ProtobufValues.attributes(entry.getResource().getAttributesList()), spanCount);
    entry.getScopeSpansList().forEach(scopeSpans -> readScope(shared, scopeSpans));
  }

  private void readScope(SharedAttributes resource, ScopeSpans entry) {
    SharedAttributes shared =
        new SharedAttributes(
            ProtobufValues.attributes(entry.getScope().getAttributesList()), entry.getSpansCount());
    String name = textOrNull(entry.getScope().getName());
    String version = textOrNull(entry.getScope().getVersion());
    for (Span span : entry.getSpansList()) {
      readSpan(resource.next(), new OtlpSpan.Scope(name, version, shared.next()), span);
    }
  }

  private void readSpan(Attributes resource, OtlpSpan.Scope scope, Span span) {
    String traceId = required(Ids.fromBytes(span.getTraceId()), "traceId");
    String spanId = required(Ids.fromBytes(span.getSpanId()), "spanId");
    if (traceId == null || spanId == null) {
      return;
    }
    spans.add(
        new OtlpSpan(
            resource,
            scope,
            traceId,
            spanId,
            Ids.fromBytes(span.getParentSpanId()),
            span.getName(),
            UnixNanos.fromFixed64(span.getStartTimeUnixNano()),
            UnixNanos.fromFixed64(span.getEndTimeUnixNano()),
            span.getStatus().getCodeValue(),
            textOrNull(span.getStatus().getMessage()),
            ProtobufValues.attributes(span.getAttributesList()),
            events(span)));
  }

  private @Nullable String required(@Nullable String id, String field) {
    if (id == null) {
      problems.add(field, "absent");
    }
    return id;
  }

  private static List<OtlpSpan.Event> events(Span span) {
    return span.getEventsList().stream()
        .map(
            event ->
                new OtlpSpan.Event(
                    event.getName(), ProtobufValues.attributes(event.getAttributesList())))
        .toList();
  }

  private static @Nullable String textOrNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
