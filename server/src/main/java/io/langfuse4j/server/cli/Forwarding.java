package io.langfuse4j.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/**
 * Sends what one Langfuse shows to another: traces as OTLP where OTLP can say them, else as events;
 * then scores. Sending something twice changes nothing. Not thread-safe.
 */
final class Forwarding {
  private static final int PAGE = 50;

  private final RemoteServer from;
  private final RemoteServer to;
  private final MigrationState state;
  private final Progress progress;

  Forwarding(RemoteServer from, RemoteServer to, MigrationState state, Progress progress) {
    this.from = from;
    this.to = to;
    this.state = state;
    this.progress = progress;
  }

  void run(String project) throws IOException, InterruptedException {
    pages(
        "forwarded." + project,
        "/api/public/traces?fields=core&orderBy=timestamp.asc",
        this::trace);
    pages("forwarded-scores." + project, "/api/public/v2/scores?", this::scores);
  }

  private interface Page {
    void send(JsonNode entries) throws IOException, InterruptedException;
  }

  private void pages(String step, String path, Page page) throws IOException, InterruptedException {
    String reached = state.get(step);
    int pages = Integer.MAX_VALUE;
    for (int number = reached == null ? 1 : Integer.parseInt(reached) + 1;
        number <= pages;
        number++) {
      JsonNode list = from.get(path + "&limit=" + PAGE + "&page=" + number);
      pages = list.path("meta").path("totalPages").asInt();
      if (!list.path("data").isEmpty()) {
        page.send(list.path("data"));
        state.put(step, Integer.toString(number));
      }
    }
  }

  private void trace(JsonNode traces) throws IOException, InterruptedException {
    for (JsonNode listed : traces) {
      JsonNode trace =
          from.get("/api/public/traces/" + RemoteServer.encode(listed.path("id").asText()));
      ((ObjectNode) trace).putArray("scores");
      if (OtlpTraces.fits(trace)) {
        to.post("/api/public/otel/v1/traces", OtlpTraces.of(trace));
      } else {
        events(IngestionEvents.of(trace));
      }
      progress.step();
    }
  }

  private void scores(JsonNode scores) throws IOException, InterruptedException {
    ArrayNode events = RemoteServer.MAPPER.createArrayNode();
    for (JsonNode score : scores) {
      events.add(IngestionEvents.ofScore(score, score.path("createdAt").asText()));
    }
    events(events);
  }

  private void events(ArrayNode events) throws IOException, InterruptedException {
    ObjectNode batch = RemoteServer.MAPPER.createObjectNode();
    batch.set("batch", events);
    JsonNode errors = to.post("/api/public/ingestion", batch).path("errors");
    if (!errors.isEmpty()) {
      throw new IOException("refused: " + errors.get(0));
    }
  }
}
