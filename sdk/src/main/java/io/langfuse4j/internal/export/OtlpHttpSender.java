package io.langfuse4j.internal.export;

import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.export.OtlpEndpoint.Attempt;
import io.langfuse4j.internal.export.OtlpEndpoint.Outcome;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Posts batches to a Langfuse server and holds on to one while the server cannot be reached: a
 * connection failure, 408, 429, 502, 503 or 504 is retried until the retry timeout. A batch refused
 * for its size is halved, a single span so refused loses its largest text by and by; any other
 * refusal loses the batch.
 *
 * <p>Confined to the exporting thread, but for {@link #hurry()}.
 */
public final class OtlpHttpSender implements BatchSender {

  private final OtlpEndpoint endpoint;
  private final OtlpEncoder encoder;
  private final RetryPolicy retry;
  private final ExportCounters counters;
  private final TooLarge tooLarge;
  private final Random random = new Random();
  private final CountDownLatch hurried = new CountDownLatch(1);

  public OtlpHttpSender(
      LangfuseHttp http, String path, Duration retryTimeout, ExportCounters counters) {
    this.endpoint = new OtlpEndpoint(http, path, counters);
    this.encoder = new OtlpEncoder(endpoint.publicKey());
    this.retry = RetryPolicy.within(retryTimeout);
    this.counters = counters;
    this.tooLarge = new TooLarge(endpoint, counters);
  }

  @Override
  public void send(List<SpanData> spans) {
    switch (deliver(encoder.encode(spans), spans.size())) {
      case ACCEPTED -> {}
      case REJECTED -> counters.addLost(Loss.REJECTED, spans.size());
      case UNAVAILABLE -> counters.addLost(Loss.UNREACHABLE, spans.size());
      case TOO_LARGE -> tooLarge.sendSmaller(spans, this::send);
    }
  }

  private Outcome deliver(byte[] body, int spans) {
    long giveUpAt = System.nanoTime() + retry.total().toNanos();
    for (int failures = 1; ; failures++) {
      Attempt attempt = endpoint.post(body, spans);
      if (attempt.outcome() != Outcome.UNAVAILABLE) {
        return attempt.outcome();
      }
      long wait = Math.max(retry.waitNanos(failures, random), attempt.retryAfterNanos());
      if (wait > giveUpAt - System.nanoTime() || isHurried(wait)) {
        return Outcome.UNAVAILABLE;
      }
      counters.addRetry();
    }
  }

  /** Waits; true if the client is being closed, so that no further attempt is worth its time. */
  private boolean isHurried(long waitNanos) {
    try {
      return hurried.await(waitNanos, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Override
  public void hurry() {
    hurried.countDown();
  }

  @Override
  public void close() {
    hurry();
    endpoint.close();
  }
}
