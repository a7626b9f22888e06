package io.langfuse4j.internal.export;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.zip.GZIPOutputStream;

/**
 * Posts batches as OTLP/HTTP protobuf, gzip level 1 (level 6 costs four times as much for a tenth
 * fewer bytes).
 *
 * <p>A connection failure, 408, 429, 502, 503 or 504 is retried until the retry timeout; a batch
 * refused for its size is halved, a single span so refused loses its largest text by and by; any
 * other refusal loses the batch. Each cause is said once, in one sentence.
 *
 * <p>Confined to the exporting thread, but for {@link #hurry()}.
 */
public final class OtlpHttpSender implements BatchSender {

  private static final Logger logger = Logger.getLogger(OtlpHttpSender.class.getName());
  private static final int GZIP_LEVEL = 1;

  private enum Outcome {
    ACCEPTED,
    TOO_LARGE,
    REJECTED,
    UNREACHABLE
  }

  private final LangfuseHttp http;
  private final URI endpoint;
  private final OtlpWriter writer;
  private final RetryPolicy retry;
  private final ExportCounters counters;
  private final Warnings warnings = new Warnings(logger);
  private final Random random = new Random();
  private final CountDownLatch hurried = new CountDownLatch(1);

  public OtlpHttpSender(
      LangfuseHttp http, String path, Duration retryTimeout, ExportCounters counters) {
    this.http = http;
    this.endpoint = http.resolve(path);
    this.writer = new OtlpWriter(http.publicKey());
    this.retry = RetryPolicy.within(retryTimeout);
    this.counters = counters;
  }

  @Override
  public void send(List<SpanData> spans) {
    switch (post(spans)) {
      case ACCEPTED -> counters.addSent(spans.size());
      case REJECTED -> counters.addLost(Loss.REJECTED, spans.size());
      case UNREACHABLE -> counters.addLost(Loss.UNREACHABLE, spans.size());
      case TOO_LARGE -> sendSmaller(spans);
    }
  }

  private void sendSmaller(List<SpanData> spans) {
    if (spans.size() > 1) {
      int half = spans.size() / 2;
      send(List.copyOf(spans.subList(0, half)));
      send(List.copyOf(spans.subList(half, spans.size())));
      return;
    }
    SpanData smaller = SpanTruncation.shrink(spans.get(0));
    if (smaller == null) {
      say("413", FailureMessages.forStatus(413, endpoint));
      counters.addLost(Loss.REJECTED, 1);
    } else {
      counters.addTruncated();
      send(List.of(smaller));
    }
  }

  private Outcome post(List<SpanData> spans) {
    writer.write(spans);
    byte[] body = gzip(writer.request());
    long giveUpAt = System.nanoTime() + retry.total().toNanos();
    for (int failures = 0; ; ) {
      long wait;
      try {
        HttpResponse<byte[]> response = http.send(request(body));
        int status = response.statusCode();
        logger.log(
            Level.FINE,
            () -> spans.size() + " spans in " + body.length + " bytes answered with " + status);
        if (status / 100 == 2) {
          return accepted(spans.size(), response);
        }
        if (status == 413) {
          return Outcome.TOO_LARGE;
        }
        say(String.valueOf(status), FailureMessages.forStatus(status, endpoint));
        if (!RetryPolicy.isRetryable(status)) {
          return Outcome.REJECTED;
        }
        wait = Math.max(retry.waitNanos(++failures, random), retryAfterNanos(response));
      } catch (IOException e) {
        say(e.getClass().getName(), FailureMessages.forException(e, endpoint));
        wait = retry.waitNanos(++failures, random);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Outcome.UNREACHABLE;
      }
      if (System.nanoTime() + wait > giveUpAt || isHurried(wait)) {
        return Outcome.UNREACHABLE;
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

  private Outcome accepted(int spans, HttpResponse<byte[]> response) {
    long rejected = PartialSuccess.rejectedSpans(response);
    if (rejected > 0) {
      int lost = (int) Math.min(rejected, spans);
      say("partial", "Langfuse at " + endpoint + " rejected " + lost + " of " + spans + " spans.");
      counters.addLost(Loss.REJECTED, lost);
      counters.addSent(-lost);
    } else {
      warnings.forget(String.valueOf(response.statusCode()));
    }
    return Outcome.ACCEPTED;
  }

  private HttpRequest request(byte[] body) {
    return http.request(endpoint)
        .header("Content-Type", "application/x-protobuf")
        .header("Content-Encoding", "gzip")
        .header("x-langfuse-ingestion-version", "4")
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build();
  }

  /** Seconds only; an HTTP date is rare here and a normal wait does as well. */
  private static long retryAfterNanos(HttpResponse<?> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    try {
      return header.map(text -> TimeUnit.SECONDS.toNanos(Long.parseLong(text.strip()))).orElse(0L);
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static byte[] gzip(ReverseProtoWriter message) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(message.size() / 3 + 64);
    try (GZIPOutputStream gzip = new FastGzip(compressed)) {
      message.writeTo(gzip);
    } catch (IOException e) {
      throw new IllegalStateException("memory does not fail to be written to", e);
    }
    return compressed.toByteArray();
  }

  private static final class FastGzip extends GZIPOutputStream {
    FastGzip(ByteArrayOutputStream out) throws IOException {
      super(out, 8 * 1024);
      def.setLevel(GZIP_LEVEL);
    }
  }

  private void say(String cause, String sentence) {
    counters.error(sentence);
    warnings.once(cause, sentence);
  }

  @Override
  public void hurry() {
    hurried.countDown();
  }

  @Override
  public void close() {
    hurry();
    http.close();
  }
}
