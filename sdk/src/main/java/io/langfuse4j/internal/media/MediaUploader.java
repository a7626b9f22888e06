package io.langfuse4j.internal.media;

import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.internal.export.Endpoint.Attempt;
import io.langfuse4j.internal.export.Endpoint.Outcome;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.Patience;
import io.langfuse4j.internal.export.RetryPolicy;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.media.LangfuseMedia;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Uploads a file while the application waits, and throws if that fails; {@link MediaSender} does it
 * in the background. Thread-safe.
 */
public final class MediaUploader {

  private final LangfuseApi api;
  private final Supplier<LangfuseHttp> http;
  private final Duration timeout;

  /**
   * Creates the uploader; nothing is connected yet.
   *
   * @param http throws {@link LangfuseApiException} if there is no server
   * @param timeout of an attempt, and how long further ones are made
   */
  public MediaUploader(LangfuseApi api, Supplier<LangfuseHttp> http, Duration timeout) {
    this.api = api;
    this.http = http;
    this.timeout = timeout;
  }

  /**
   * Returns when the server has the file.
   *
   * @throws LangfuseApiException if it refuses, or cannot be reached
   */
  public void upload(MediaUpload upload) {
    ApiObject announced = api.media().create(upload.announcement());
    String url = announced.text("uploadUrl");
    if (url == null) {
      return; // it has these bytes already
    }
    String id = upload.media().mediaId();
    if (!Objects.equals(announced.text("mediaId"), id)) {
      throw LangfuseApiException.notConnected(
          "Langfuse calls a media file " + announced.text("mediaId") + " that should be " + id);
    }
    put(upload.media(), Objects.requireNonNull(id), url);
  }

  private void put(LangfuseMedia media, String id, String url) {
    long started = System.nanoTime();
    Put put = new Put(MediaPut.request(media, address(url), timeout));
    Outcome outcome = new Patience(timeout, new ExportCounters()).deliver(put::attempt);
    if (put.status != 0) {
      report(id, put, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started));
    }
    if (outcome != Outcome.ACCEPTED) {
      throw LangfuseApiException.notConnected(
          "A media file could not be stored at " + URI.create(url).getHost() + ": " + put.error);
    }
  }

  private static URI address(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException e) {
      throw LangfuseApiException.notConnected(
          "Langfuse gave an address for a media file that is none.");
    }
  }

  /** Whether the server is told does not matter to whoever waits. */
  private void report(String id, Put put, long millis) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("uploadedAt", Instant.now().toString());
    body.put("uploadHttpStatus", put.status);
    body.put("uploadHttpError", put.status / 100 == 2 ? null : put.error);
    body.put("uploadTimeMs", millis);
    try {
      api.media().update(id, body);
    } catch (LangfuseApiException ignored) {
      return;
    }
  }

  private final class Put {
    private final HttpRequest request;
    private int status;
    private String error = "no answer";

    Put(HttpRequest request) {
      this.request = request;
    }

    Attempt attempt() {
      try {
        status = http.get().send(request).statusCode();
        error = "HTTP " + status;
        boolean passing = status >= 500 || RetryPolicy.isRetryable(status);
        return Attempt.of(
            status / 100 == 2
                ? Outcome.ACCEPTED
                : passing ? Outcome.UNAVAILABLE : Outcome.REJECTED);
      } catch (IOException e) {
        error = e.toString();
        return Attempt.of(Outcome.UNAVAILABLE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        error = "interrupted";
        return Attempt.of(Outcome.REJECTED);
      }
    }
  }
}
