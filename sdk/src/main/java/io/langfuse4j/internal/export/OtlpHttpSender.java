package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.Endpoint.Outcome;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;

/**
 * Posts batches to a Langfuse server and holds on to one while the server cannot be reached: a
 * connection failure, 408, 429, 502, 503 or 504 is retried until the retry timeout. A batch refused
 * for its size is halved, a single span so refused loses its largest text by and by; any other
 * refusal loses the batch.
 *
 * <p>Confined to the exporting thread, but for {@link #hurry()}.
 */
public final class OtlpHttpSender implements BatchSender<SpanData> {

  private final OtlpEndpoint endpoint;
  private final OtlpEncoder encoder;
  private final Patience patience;
  private final ExportCounters counters;
  private final TooLarge tooLarge;

  public OtlpHttpSender(
      LangfuseHttp http, String path, Duration retryTimeout, ExportCounters counters) {
    this.endpoint = new OtlpEndpoint(http, path, counters);
    this.encoder = new OtlpEncoder(endpoint.publicKey());
    this.patience = new Patience(retryTimeout, counters);
    this.counters = counters;
    this.tooLarge = new TooLarge(endpoint, counters);
  }

  @Override
  public void send(List<SpanData> spans) {
    byte[] body = encoder.encode(spans);
    if (isTooLarge(body, spans.size())) {
      tooLarge.takeApart(body, spans.size(), this::sendSome);
    }
  }

  private void sendSome(List<EncodedSpan> spans) {
    if (isTooLarge(EncodedSpan.body(spans), spans.size())) {
      tooLarge.sendSmaller(spans, this::sendSome);
    }
  }

  /** Delivers a body and counts what came of it, but for its being too large. */
  private boolean isTooLarge(byte[] body, int spans) {
    Outcome outcome = patience.deliver(() -> endpoint.post(body, spans));
    switch (outcome) {
      case ACCEPTED, TOO_LARGE -> {}
      case REJECTED -> counters.addLost(Loss.REJECTED, spans);
      case UNAVAILABLE -> counters.addLost(Loss.UNREACHABLE, spans);
    }
    return outcome == Outcome.TOO_LARGE;
  }

  @Override
  public void hurry() {
    patience.hurry();
  }

  @Override
  public void close() {
    hurry();
    endpoint.close();
  }
}
