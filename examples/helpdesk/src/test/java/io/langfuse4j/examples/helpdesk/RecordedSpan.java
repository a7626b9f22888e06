package io.langfuse4j.examples.helpdesk;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** A span as Langfuse reads it. */
record RecordedSpan(Span span) {
  private static final String PREFIX = "langfuse.observation.";

  String traceId() {
    return hex(span.getTraceId());
  }

  /** A string attribute; empty if there is none. */
  String text(String key) {
    return value(key).getStringValue();
  }

  List<String> texts(String key) {
    return value(key).getArrayValue().getValuesList().stream()
        .map(AnyValue::getStringValue)
        .toList();
  }

  boolean has(String key) {
    return span.getAttributesList().stream().anyMatch(entry -> entry.getKey().equals(key));
  }

  /** Type, name and level, and those of the spans below it, one per line. */
  static String tree(List<RecordedSpan> spans) {
    StringBuilder tree = new StringBuilder();
    append(tree, spans, "", "");
    return tree.toString();
  }

  private static void append(
      StringBuilder tree, List<RecordedSpan> spans, String parent, String indent) {
    spans.stream()
        .filter(span -> hex(span.span.getParentSpanId()).equals(parent))
        .sorted(Comparator.comparingLong(span -> span.span.getStartTimeUnixNano()))
        .forEach(
            span -> {
              tree.append(indent).append(span.line()).append('\n');
              append(tree, spans, hex(span.span.getSpanId()), indent + "  ");
            });
  }

  private String line() {
    String level = text(PREFIX + "level");
    return text(PREFIX + "type").toUpperCase(Locale.ROOT)
        + " "
        + span.getName()
        + (level.isEmpty() || level.equals("DEFAULT") ? "" : " " + level);
  }

  private AnyValue value(String key) {
    return span.getAttributesList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(KeyValue::getValue)
        .findFirst()
        .orElse(AnyValue.getDefaultInstance());
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
