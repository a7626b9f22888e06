package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.opentelemetry.sdk.trace.data.SpanData;
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

  void sendSmaller(List<SpanData> spans, Consumer<List<SpanData>> send) {
    if (spans.size() > 1) {
      int half = spans.size() / 2;
      send.accept(List.copyOf(spans.subList(0, half)));
      send.accept(List.copyOf(spans.subList(half, spans.size())));
      return;
    }
    SpanData span = spans.get(0);
    boolean cutBefore = SpanTruncation.isCut(span);
    SpanData smaller = SpanTruncation.shrink(span);
    if (smaller == null) {
      counters.addTruncated(cutBefore ? -1 : 0);
      giveUp(1);
    } else {
      counters.addTruncated(cutBefore ? 0 : 1);
      send.accept(List.of(smaller));
    }
  }

  /** Says that nothing more can be done, and counts the loss. */
  void giveUp(int spans) {
    endpoint.refusedForSize();
    counters.addLost(Loss.REJECTED, spans);
  }
}
