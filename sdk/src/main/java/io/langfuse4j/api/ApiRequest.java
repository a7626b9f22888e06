package io.langfuse4j.api;

import io.langfuse4j.internal.export.RetryPolicy;
import io.langfuse4j.internal.json.PlainJson;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URLEncoder;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One request to any endpoint, also to those that {@link LangfuseApi} has no method for:
 *
 * <pre>{@code
 * ApiObject queue = langfuse.api().request("GET", "/api/public/annotation-queues/q-1").send();
 * }</pre>
 *
 * <p>A request that failed for a passing reason is repeated, up to twice unless told otherwise: on
 * 408, 429 and 5xx and where there was no answer. One that would do its work twice, that is a POST
 * or a PATCH, only where the server did not begin it: on 429, 503 and a refused connection. A
 * {@code Retry-After} is kept. Not thread-safe.
 */
public final class ApiRequest {

  private static final int RETRIES = 2;
  private static final RetryPolicy RETRY =
      new RetryPolicy(Duration.ofMillis(250), Duration.ofMinutes(1), Duration.ofMinutes(2));

  private final Transport transport;
  private final String method;
  private final StringBuilder path;
  private boolean hasQuery;
  private byte @Nullable [] body;
  private @Nullable Duration timeout;
  private int maxRetries = RETRIES;

  ApiRequest(Transport transport, String method, String path) {
    this.transport = transport;
    this.method = method;
    this.path = new StringBuilder(path);
    this.hasQuery = path.contains("?");
  }

  /** {@code text} as a segment of a path, slashes and blanks encoded. */
  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /**
   * Adds a query parameter, for each element of a collection once.
   *
   * @param value null adds nothing
   */
  public ApiRequest query(String name, @Nullable Object value) {
    if (value instanceof Collection<?> several) {
      several.forEach(each -> query(name, each));
    } else if (value != null) {
      String text = value instanceof Map ? PlainJson.write(value) : value.toString();
      path.append(hasQuery ? '&' : '?').append(encoded(name)).append('=').append(encoded(text));
      hasQuery = true;
    }
    return this;
  }

  /** What to send, written as JSON: a map, a record, a bean. */
  public ApiRequest body(Object body) {
    this.body = PlainJson.write(body).getBytes(StandardCharsets.UTF_8);
    return this;
  }

  /** How long to wait in all, repetitions included; without it the client's for each attempt. */
  public ApiRequest timeout(@Nullable Duration timeout) {
    this.timeout = timeout;
    return this;
  }

  /** How often to repeat at most; 0 asks once. Default 2. */
  public ApiRequest maxRetries(int maxRetries) {
    this.maxRetries = Math.max(0, maxRetries);
    return this;
  }

  /**
   * Sends and waits for the answer.
   *
   * @return an empty object if the answer has no body or is no object
   * @throws LangfuseApiException if it is no success, or there is none
   */
  public ApiObject send() {
    ApiResponse response = response();
    if (response.status() / 100 != 2) {
      throw LangfuseApiException.refused(describe(), response);
    }
    try {
      return ApiObject.of(response.json());
    } catch (IOException e) {
      throw LangfuseApiException.unreadable(describe(), response, e);
    }
  }

  /**
   * Sends and waits for the answer, whatever its status.
   *
   * @throws LangfuseApiException if there is none
   */
  public ApiResponse response() {
    long deadline = timeout == null ? Long.MAX_VALUE : System.nanoTime() + timeout.toNanos();
    for (int attempt = 0; ; attempt++) {
      long wait;
      try {
        ApiResponse response = transport.send(method, path.toString(), body, left(deadline));
        if (attempt == maxRetries || !isPassing(response.status())) {
          return response;
        }
        wait = waitNanos(attempt, response);
        if (!isInTime(wait, deadline)) {
          return response;
        }
      } catch (IOException e) {
        wait = RETRY.waitNanos(attempt + 1);
        if (attempt == maxRetries || !isWorthAnotherAttempt(e) || !isInTime(wait, deadline)) {
          throw LangfuseApiException.unanswered(describe(), e);
        }
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
      pause(wait);
    }
  }

  private @Nullable Duration left(long deadline) throws HttpTimeoutException {
    if (timeout == null) {
      return null;
    }
    long nanos = deadline - System.nanoTime();
    if (nanos <= 0) {
      throw new HttpTimeoutException("no time left");
    }
    return Duration.ofNanos(nanos);
  }

  private boolean repeats() {
    return !method.equals("POST") && !method.equals("PATCH");
  }

  private boolean isPassing(int status) {
    return status == 429 || status == 503 || repeats() && (status == 408 || status >= 500);
  }

  private boolean isWorthAnotherAttempt(IOException e) {
    return e instanceof ConnectException || repeats();
  }

  private boolean isInTime(long waitNanos, long deadline) {
    return timeout == null || deadline - System.nanoTime() > waitNanos;
  }

  /** What the server asks for, or else our own wait. */
  private static long waitNanos(int attempt, ApiResponse response) {
    long asked = RetryPolicy.retryAfterNanos(response.header("retry-after"));
    return asked == 0 ? RETRY.waitNanos(attempt + 1) : Math.min(asked, RETRY.longest().toNanos());
  }

  private void pause(long nanos) {
    try {
      TimeUnit.NANOSECONDS.sleep(nanos);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private LangfuseApiException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return LangfuseApiException.unanswered(describe(), e);
  }

  /** Without the query, which may hold what nobody should read in a log. */
  private String describe() {
    int query = path.indexOf("?");
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
