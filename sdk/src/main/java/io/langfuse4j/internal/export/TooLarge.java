package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.ExportCounters.Loss;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/**
 * What is done with a batch that a server refused for its size: halves are sent on their own, down
 * to single spans; of a single span the largest text is cut, and cut again. Neighbours never
 * suffer.
 */
final class TooLarge {

  private final OtlpEndpoint endpoint;
  private final ExportCounters counters;

  TooLarge(OtlpEndpoint endpoint, ExportCounters counters) {
    this.endpoint = endpoint;
    this.counters = counters;
  }

  /** Sends the spans of an encoded request. */
  void takeApart(byte[] body, int spans, Consumer<List<EncodedSpan>> send) {
    List<EncodedSpan> parts;
    try {
      parts = EncodedSpan.in(body);
    } catch (IOException e) {
      endpoint.garbled(e);
      counters.addLost(Loss.REJECTED, spans);
      return;
    }
    sendSmaller(parts, send);
  }

  /**
   * Sends them in smaller portions.
   *
   * @param spans not empty, and refused together
   */
  void sendSmaller(List<EncodedSpan> spans, Consumer<List<EncodedSpan>> send) {
    if (spans.size() > 1) {
      int half = spans.size() / 2;
      send.accept(List.copyOf(spans.subList(0, half)));
      send.accept(List.copyOf(spans.subList(half, spans.size())));
      return;
    }
    EncodedSpan span = spans.get(0);
    EncodedSpan smaller = span.shrink();
    if (smaller == null) {
      counters.addTruncated(span.isCut() ? -1 : 0);
      endpoint.refusedForSize();
      counters.addLost(Loss.REJECTED, 1);
    } else {
      counters.addTruncated(span.isCut() ? 0 : 1);
      send.accept(List.of(smaller));
    }
  }
}
