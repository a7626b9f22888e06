package io.langfuse4j.instrumentation.testing;

import io.langfuse4j.testing.RecordedSpan;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What was sent, as an indented text: type, name and level of each, in order of their starts. */
public final class SpanTree {

  private SpanTree() {}

  public static String of(List<RecordedSpan> sent) {
    List<RecordedSpan> spans = new ArrayList<>(sent);
    spans.sort(Comparator.comparingLong(RecordedSpan::startNanos));
    StringBuilder tree = new StringBuilder();
    for (RecordedSpan span : spans) {
      if (spans.stream().noneMatch(other -> other.spanId().equals(span.parentSpanId()))) {
        append(tree, spans, span, "");
      }
    }
    return tree.toString();
  }

  private static void append(
      StringBuilder tree, List<RecordedSpan> spans, RecordedSpan span, String indent) {
    tree.append(indent).append(span.observation("type")).append(' ').append(span.name());
    if (span.observation("level") != null) {
      tree.append(' ').append(span.observation("level"));
    }
    tree.append('\n');
    spans.stream()
        .filter(other -> span.spanId().equals(other.parentSpanId()))
        .forEach(child -> append(tree, spans, child, indent + "  "));
  }
}
