package io.langfuse4j.internal.export;

import io.langfuse4j.internal.masking.SpanMasking;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Masks spans on the export thread before anybody else sees them. */
public final class MaskingSender implements BatchSender<SpanData> {

  private final SpanMasking masking;
  private final BatchSender<SpanData> next;

  public MaskingSender(SpanMasking masking, BatchSender<SpanData> next) {
    this.masking = masking;
    this.next = next;
  }

  @Override
  public void send(List<SpanData> spans) {
    next.send(spans.stream().map(masking::apply).toList());
  }

  @Override
  public CompletableFuture<Boolean> flush() {
    return next.flush();
  }

  @Override
  public void hurry() {
    next.hurry();
  }

  @Override
  public void close() {
    next.close();
  }
}
