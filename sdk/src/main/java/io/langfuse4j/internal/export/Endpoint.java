package io.langfuse4j.internal.export;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.http.LangfuseHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint of a server: makes one attempt to deliver a body and says what came of it. Each
 * cause of failure is logged once, in one sentence; when the server answers again that is said too,
 * and causes may be said anew.
 *
 * <p>Confined to the exporting thread.
 */
public final class Endpoint implements AutoCloseable {

  private static final Logger logger = Logger.getLogger(Endpoint.class.getName());

  /** What came of an attempt. */
  public enum Outcome {
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
   * @param response the answer if it was accepted, else null
   */
  public record Attempt(
      Outcome outcome, long retryAfterNanos, @Nullable HttpResponse<byte[]> response) {
    public static Attempt of(Outcome outcome) {
      return new Attempt(outcome, 0, null);
    }
  }

  private final Cargo cargo;
  private final LangfuseHttp http;
  private final URI uri;
  private final Map<String, String> headers;
  private final ExportCounters counters;
  private final Warnings warnings = new Warnings(logger);
  private boolean failing;

  /**
   * Creates the endpoint; nothing is sent yet.
   *
   * @param headers what the body is
   */
  public Endpoint(
      Cargo cargo,
      LangfuseHttp http,
      String path,
      Map<String, String> headers,
      ExportCounters counters) {
    this.cargo = cargo;
    this.http = http;
    this.uri = http.resolve(path);
    this.headers = Map.copyOf(headers);
    this.counters = counters;
  }

  public String publicKey() {
    return http.publicKey();
  }

  URI uri() {
    return uri;
  }

  /** One attempt. Whoever calls counts what was accepted and what was lost. */
  public Attempt post(byte[] body, int items) {
    try {
      HttpResponse<byte[]> response = http.send(request(body));
      int status = response.statusCode();
      logger.log(
          Level.FINE,
          () ->
              items
                  + " "
                  + (cargo == Cargo.OBSERVATIONS ? "spans" : cargo.plural())
                  + " in "
                  + body.length
                  + " bytes answered with "
                  + status);
      if (status / 100 == 2) {
        return new Attempt(Outcome.ACCEPTED, 0, response);
      }
      if (status == 413) {
        return Attempt.of(Outcome.TOO_LARGE);
      }
      fail(String.valueOf(status), FailureMessages.forStatus(status, uri, cargo));
      return RetryPolicy.isRetryable(status)
          ? new Attempt(
              Outcome.UNAVAILABLE,
              RetryPolicy.retryAfterNanos(
                  response.headers().firstValue("Retry-After").orElse(null)),
              null)
          : Attempt.of(Outcome.REJECTED);
    } catch (IOException e) {
      fail(e.getClass().getName(), FailureMessages.forException(e, uri, cargo));
      return Attempt.of(Outcome.UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Attempt.of(Outcome.UNAVAILABLE);
    }
  }

  /** Says that a single item was refused for its size however small it was made. */
  public void refusedForSize() {
    refused("413", FailureMessages.forStatus(413, uri, cargo));
  }

  /**
   * Notes that a server which works did not take an item, and says so unless it was said already.
   */
  public void refused(String cause, String sentence) {
    counters.error(sentence);
    warnings.once(cause, sentence);
  }

  /** Notes that the server does not work, and says so unless it was said already. */
  public void fail(String cause, String sentence) {
    failing = true;
    refused(cause, sentence);
  }

  /** Notes that everything was taken, and says so after a failure. */
  public void works() {
    if (failing) {
      failing = false;
      warnings.forgetAll();
      logger.info("Langfuse at " + uri + " takes " + cargo.plural() + " again.");
    }
  }

  private HttpRequest request(byte[] body) {
    HttpRequest.Builder request = http.request(uri);
    headers.forEach(request::header);
    return request.POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
  }

  @Override
  public void close() {
    http.close();
  }
}
