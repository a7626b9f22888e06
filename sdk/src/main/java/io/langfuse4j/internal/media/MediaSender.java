package io.langfuse4j.internal.media;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.internal.export.BatchSender;
import io.langfuse4j.internal.export.Cargo;
import io.langfuse4j.internal.export.Endpoint;
import io.langfuse4j.internal.export.Endpoint.Attempt;
import io.langfuse4j.internal.export.Endpoint.Outcome;
import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.export.Patience;
import io.langfuse4j.internal.export.RetryPolicy;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.langfuse4j.internal.json.PlainJson;
import io.langfuse4j.media.LangfuseMedia;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Uploads files: announces one, puts its bytes where the server says unless it has them, and
 * reports how that went. The keys of the project go to the server only, never to where the bytes
 * go.
 *
 * <p>Confined to one thread, but for {@link #hurry()}.
 *
 * @see <a href="https://langfuse.com/docs/observability/features/multi-modality">Langfuse:
 *     multi-modality</a>
 */
public final class MediaSender implements BatchSender<MediaUpload> {

  private static final String PATH = "/api/public/media";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LangfuseHttp http;
  private final Endpoint endpoint;
  private final Patience patience;
  private final Duration timeout;
  private final ExportCounters counters;

  /** Creates the sender, which closes {@code http} in the end. */
  public MediaSender(
      LangfuseHttp http, Duration timeout, Duration retryTimeout, ExportCounters counters) {
    this.http = http;
    this.endpoint =
        new Endpoint(Cargo.MEDIA, http, PATH, Map.of("Content-Type", "application/json"), counters);
    this.patience = new Patience(retryTimeout, counters);
    this.timeout = timeout;
    this.counters = counters;
  }

  @Override
  public void send(List<MediaUpload> uploads) {
    uploads.forEach(this::send);
  }

  private void send(MediaUpload upload) {
    AtomicReference<@Nullable HttpResponse<byte[]>> answer = new AtomicReference<>();
    Outcome announced =
        patience.deliver(
            () -> {
              Attempt attempt = endpoint.post(utf8(PlainJson.write(upload.announcement())), 1);
              answer.set(attempt.response());
              return attempt;
            });
    Outcome outcome =
        announced == Outcome.ACCEPTED
            ? put(upload.media(), Objects.requireNonNull(answer.get()).body())
            : announced;
    switch (outcome) {
      case ACCEPTED -> {
        counters.addSent(1);
        endpoint.works();
      }
      case UNAVAILABLE -> counters.addLost(Loss.UNREACHABLE, 1);
      case TOO_LARGE, REJECTED -> counters.addLost(Loss.REJECTED, 1);
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Outcome put(LangfuseMedia media, byte[] announced) {
    JsonNode answer;
    try {
      answer = JSON.readTree(announced);
    } catch (IOException e) {
      return refused("answer", "Langfuse's answer about a media file is not JSON: " + e);
    }
    if (!answer.path("uploadUrl").isTextual()) {
      return Outcome.ACCEPTED; // it has these bytes already
    }
    String id = answer.path("mediaId").asText();
    if (!id.equals(media.mediaId())) {
      return refused(
          "id", "Langfuse calls a media file " + id + " that should be " + media.mediaId() + ".");
    }
    URI target;
    try {
      target = URI.create(answer.path("uploadUrl").asText());
    } catch (IllegalArgumentException e) {
      return refused("url", "Langfuse gave an address for a media file that is none.");
    }
    return put(media, id, target);
  }

  private Outcome refused(String cause, String sentence) {
    endpoint.fail(cause, sentence);
    return Outcome.REJECTED;
  }

  private Outcome put(LangfuseMedia media, String id, URI target) {
    HttpRequest request = MediaPut.request(media, target, timeout);
    Put put = new Put();
    Outcome outcome = patience.deliver(() -> put.attempt(request));
    if (put.status != 0) {
      report(id, put);
    }
    return outcome;
  }

  /** Attempts to put the bytes, and what came of the last one. */
  private final class Put {
    private final long started = System.nanoTime();
    private int status;
    private @Nullable String error;

    Attempt attempt(HttpRequest request) {
      try {
        HttpResponse<byte[]> response = http.send(request);
        status = response.statusCode();
        if (status == 200 || status == 201) {
          error = null;
          return Attempt.of(Outcome.ACCEPTED);
        }
        error = new String(response.body(), StandardCharsets.UTF_8);
        endpoint.fail(
            "put" + status,
            "The storage of Langfuse at "
                + request.uri().getHost()
                + " refused a media file with status "
                + status
                + ".");
        boolean passing = status >= 500 || RetryPolicy.isRetryable(status);
        return Attempt.of(passing ? Outcome.UNAVAILABLE : Outcome.REJECTED);
      } catch (IOException e) {
        endpoint.fail(
            "put" + e.getClass(),
            "The storage of Langfuse at "
                + request.uri().getHost()
                + " cannot be reached from here ("
                + e
                + "): media files need the address that Langfuse is configured with for uploads.");
        return Attempt.of(Outcome.UNAVAILABLE);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Attempt.of(Outcome.UNAVAILABLE);
      }
    }

    long millis() {
      return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - started);
    }
  }

  private void report(String id, Put put) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("uploadedAt", Instant.now().toString());
    body.put("uploadHttpStatus", put.status);
    body.put("uploadHttpError", put.error);
    body.put("uploadTimeMs", put.millis());
    HttpRequest request =
        http.request(http.resolve(PATH + "/" + id))
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofByteArray(utf8(body.toString())))
            .build();
    patience.deliver(() -> report(request));
  }

  private Attempt report(HttpRequest request) {
    try {
      int status = http.send(request).statusCode();
      boolean passing = status >= 500 || RetryPolicy.isRetryable(status);
      return Attempt.of(passing ? Outcome.UNAVAILABLE : Outcome.ACCEPTED);
    } catch (IOException e) {
      return Attempt.of(Outcome.UNAVAILABLE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Attempt.of(Outcome.UNAVAILABLE);
    }
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
