package io.langfuse4j.internal.export;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.http.LangfuseHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The trace endpoint of a server: makes one attempt to deliver a body and says what came of it.
 * Each cause of failure is logged once, in one sentence; when the server answers again that is said
 * too, and causes may be said anew.
 *
 * <p>Confined to the exporting thread.
 */
final class OtlpEndpoint implements AutoCloseable {

  private static final Logger logger = Logger.getLogger(OtlpEndpoint.class.getName());

  /** What came of an attempt. */
  enum Outcome {
    ACCEPTED,
    /** 413. */
    TOO_LARGE,
    /** Refused for good. */
    REJECTED,
    /** Worth another attempt. */
    UNAVAILABLE
  }

  /**
   * An attempt.
   *
   * @param retryAfterNanos how long the server asks to wait, 0 if it does not say
   */
  record Attempt(Outcome outcome, long retryAfterNanos) {
    static Attempt of(Outcome outcome) {
      return new Attempt(outcome, 0);
    }
  }

  private final LangfuseHttp http;
  private final URI uri;
  private final ExportCounters counters;
  private final Warnings warnings = new Warnings(logger);
  private boolean failing;

  OtlpEndpoint(LangfuseHttp http, String path, ExportCounters counters) {
    this.http = http;
    this.uri = http.resolve(path);
    this.counters = counters;
  }

  String publicKey() {
    return http.publicKey();
  }

  /** One attempt; counts the spans as sent if they were, and those of a partial success as lost. */
  Attempt post(byte[] body, int spans) {
    try {
      HttpResponse<byte[]> response = http.send(request(body));
      int status = response.statusCode();
      logger.log(
          Level.FINE, () -> spans + " spans in " + body.length + " bytes answered with " + status);
      if (status / 100 == 2) {
        accepted(spans, response);
        return Attempt.of(Outcome.ACCEPTED);
      }
      if (status == 413) {
        return Attempt.of(Outcome.TOO_LARGE);
      }
      fail(String.valueOf(status), FailureMessages.forStatus(status, uri));
      return RetryPolicy.isRetryable(status)
          ? new Attempt(Outcome.UNAVAILABLE, retryAfterNanos(response))
          : Attempt.of(Outcome.REJECTED);
    } catch (IOException e) {
      fail(e.getClass().getName(), FailureMessages.forException(e, uri));
      return Attempt.of(Outcome.UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Attempt.of(Outcome.UNAVAILABLE);
    }
  }

  /** Says that a single span was refused for its size however small it was made. */
  void refusedForSize() {
    fail("413", FailureMessages.forStatus(413, uri));
  }

  private void accepted(int spans, HttpResponse<byte[]> response) {
    int rejected = (int) Math.min(PartialSuccess.rejectedSpans(response), spans);
    counters.addSent(spans - rejected);
    if (rejected > 0) {
      counters.addLost(Loss.REJECTED, rejected);
      fail("partial", "Langfuse at " + uri + " rejected " + rejected + " of " + spans + " spans.");
    } else if (failing) {
      failing = false;
      warnings.forgetAll();
      logger.info("Langfuse at " + uri + " takes observations again.");
    }
  }

  private void fail(String cause, String sentence) {
    failing = true;
    counters.error(sentence);
    warnings.once(cause, sentence);
  }

  private HttpRequest request(byte[] body) {
    return http.request(uri)
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

  @Override
  public void close() {
    http.close();
  }
}
