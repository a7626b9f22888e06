package io.langfuse4j.internal.scores;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BinaryOperator;

/**
 * Posts scores to a Langfuse server, which answers for each of them. A batch that could not be
 * delivered is tried again as a whole, of one that was answered only the scores that failed for a
 * passing reason; a score that was refused is lost, and said.
 *
 * <p>Confined to the exporting thread, but for {@link #hurry()}.
 */
public final class ScoreSender implements BatchSender<QueuedScore> {

  private static final String PATH = "/api/public/ingestion";
  private static final int LONGEST_REASON = 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Endpoint endpoint;
  private final ScoreEvents events;
  private final Patience patience;
  private final ExportCounters counters;

  /**
   * Creates the sender, which closes {@code http} in the end.
   *
   * @param mask makes of a key and a text what may be sent
   */
  public ScoreSender(
      LangfuseHttp http,
      Duration retryTimeout,
      BinaryOperator<String> mask,
      ExportCounters counters) {
    this.endpoint =
        new Endpoint(
            Cargo.SCORES, http, PATH, Map.of("Content-Type", "application/json"), counters);
    this.events = new ScoreEvents(endpoint.publicKey(), mask);
    this.patience = new Patience(retryTimeout, counters);
    this.counters = counters;
  }

  @Override
  public void send(List<QueuedScore> scores) {
    List<QueuedScore> left = new ArrayList<>(scores);
    Outcome outcome = patience.deliver(() -> attempt(left));
    switch (outcome) {
      case ACCEPTED -> {}
      case REJECTED -> counters.addLost(Loss.REJECTED, left.size());
      case UNAVAILABLE -> counters.addLost(Loss.UNREACHABLE, left.size());
      case TOO_LARGE -> sendHalves(left);
    }
  }

  private void sendHalves(List<QueuedScore> scores) {
    if (scores.size() == 1) {
      endpoint.refusedForSize();
      counters.addLost(Loss.REJECTED, 1);
      return;
    }
    int half = scores.size() / 2;
    send(scores.subList(0, half));
    send(scores.subList(half, scores.size()));
  }

  /** Sends what is left, and keeps of it what is worth another attempt. */
  private Attempt attempt(List<QueuedScore> left) {
    Attempt attempt = endpoint.post(events.write(left), left.size());
    if (attempt.outcome() != Outcome.ACCEPTED) {
      return attempt;
    }
    Map<String, JsonNode> errors = errors(Objects.requireNonNull(attempt.response()));
    if (errors.isEmpty()) {
      counters.addSent(left.size());
      endpoint.works();
      return attempt;
    }
    List<QueuedScore> again = new ArrayList<>();
    for (QueuedScore score : left) {
      JsonNode error = errors.get(score.eventId());
      if (error == null) {
        counters.addSent(1);
      } else if (isPassing(error.path("status").asInt())) {
        again.add(score);
      } else {
        refused(error);
      }
    }
    left.clear();
    left.addAll(again);
    return again.isEmpty() ? attempt : Attempt.of(Outcome.UNAVAILABLE);
  }

  private static boolean isPassing(int status) {
    return status >= 500 || RetryPolicy.isRetryable(status);
  }

  private void refused(JsonNode error) {
    counters.addLost(Loss.REJECTED, 1);
    String reason = reason(error);
    endpoint.refused(
        error.path("status").asText() + reason,
        "Langfuse refused a score ("
            + error.path("status").asText()
            + "): "
            + reason
            + " It is lost; correct the call that made it.");
  }

  /** What the server says, cut where it gets long. */
  private static String reason(JsonNode error) {
    String message = error.path("message").asText();
    String details = error.path("error").isTextual() ? error.path("error").asText() : "";
    String reason = details.isEmpty() ? message + "." : message + ", " + details + ".";
    return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
  }

  /** By event id. An answer that is not understood is taken for a success, as its status says. */
  private static Map<String, JsonNode> errors(HttpResponse<byte[]> response) {
    Map<String, JsonNode> errors = new HashMap<>();
    try {
      JSON.readTree(response.body())
          .path("errors")
          .forEach(error -> errors.put(error.path("id").asText(), error));
    } catch (IOException e) {
      return Map.of();
    }
    return errors;
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
