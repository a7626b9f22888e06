package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.TraceStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /api/public/ingestion}: events, each with a result of its own. Today's SDKs send scores
 * this way; older ones send everything. A 201 means on disk.
 */
final class IngestionApi {
  private static final Logger LOGGER = LoggerFactory.getLogger(IngestionApi.class);

  /** The 4.5 MB of Langfuse. */
  static final long BODY_LIMIT = 4_718_592;

  private static final int LONGEST_ID = 800;
  private static final String SCORE = "score-create";
  private static final String TRACE = "trace-create";
  private static final String LOG = "sdk-log";
  private static final Set<String> OF_PUBLIC_KEYS = Set.of(SCORE, LOG);
  private static final Set<String> UNTYPED = Set.of("observation-create", "observation-update");

  private final TraceStore store;
  private final ScoreBodies scores;
  private final IngestStatistics statistics;

  /** Guards reading an observation, changing it and writing it back. */
  private final Object observationLock = new Object();

  IngestionApi(TraceStore store, IngestStatistics statistics) {
    this.store = store;
    this.scores = new ScoreBodies(store);
    this.statistics = statistics;
  }

  CompletionStage<Response> ingest(Request request) {
    try {
      return accept(request);
    } catch (ApiException e) {
      statistics.rejected(String.valueOf(e.getMessage()));
      throw e;
    }
  }

  private CompletionStage<Response> accept(Request request) {
    JsonNode batch = BodyFields.read(request, BODY_LIMIT).path("batch");
    if (!batch.isArray()) {
      throw ApiException.with(
          "Invalid request data",
          Response.json(
              400,
              Map.of(
                  "message",
                  "Invalid request data",
                  "errors",
                  List.of("Expected an object with an array 'batch'"))));
    }
    boolean publicKeyOnly = ProjectKeys.isBearer(request.header("Authorization"));
    Results results = new Results();
    List<Event> events = new ArrayList<>();
    for (JsonNode node : batch) {
      Event event = event(node, publicKeyOnly, results);
      if (event != null) {
        events.add(event);
      }
    }
    events.sort(Comparator.comparing(Event::isUpdate).thenComparing(Event::timestamp));
    return write(request.project(), events, results).thenApply(done -> results.answer());
  }

  /**
   * Takes one event, as the endpoints of their own have it.
   *
   * @throws ApiException if a batch would list it among its errors
   */
  CompletionStage<Void> one(String project, String type, Instant timestamp, JsonNode body) {
    Results results = new Results();
    Event event = new Event(body.path("id").asText(), type, timestamp, body);
    return write(project, List.of(event), results).thenRun(results::throwFirst);
  }

  private record Event(String id, String type, Instant timestamp, JsonNode body) {
    boolean isUpdate() {
      return type.endsWith("-update");
    }
  }

  private static @Nullable Event event(JsonNode node, boolean publicKeyOnly, Results results) {
    String id = node.path("id").asText("unknown");
    try {
      BodyFields fields = new BodyFields(node);
      fields.requiredText("id");
      fields.text("id", LONGEST_ID);
      String type = fields.requiredText("type");
      fields.requiredText("timestamp");
      Instant timestamp = fields.instant("timestamp");
      if (!type.isEmpty() && !isKnown(type)) {
        fields.issue("invalid_union", List.of("type"), "Unknown event type '" + type + "'");
      }
      fields.check();
      if (publicKeyOnly && !OF_PUBLIC_KEYS.contains(type)) {
        results.failed(id, 401, "A public key alone may send scores only", "UnauthorizedError");
        return null;
      }
      return timestamp == null ? null : new Event(id, type, timestamp, node.path("body"));
    } catch (InvalidBodyException e) {
      results.invalid(id, e);
      return null;
    }
  }

  private static boolean isKnown(String type) {
    return type.equals(TRACE)
        || OF_PUBLIC_KEYS.contains(type)
        || UNTYPED.contains(type)
        || LegacyEvents.typeOf(type) != null;
  }

  private CompletableFuture<Void> write(String project, List<Event> events, Results results) {
    List<Score> newScores = new ArrayList<>();
    List<TraceUpdate> traces = new ArrayList<>();
    List<Event> observations = new ArrayList<>();
    for (Event event : events) {
      try {
        switch (event.type()) {
          case SCORE -> {
            Score score = scores.read(project, event.body(), "", event.timestamp());
            // As at Langfuse, what names no id is answered but not stored.
            if (!score.id().isEmpty()) {
              newScores.add(score);
            }
          }
          case TRACE -> {
            JsonNode id = event.body().path("id");
            TraceUpdate update = LegacyEvents.trace(event.body(), id.asText(), event.timestamp());
            if (id.isTextual()) {
              traces.add(update);
            }
          }
          case LOG -> log(event.body());
          default -> observations.add(event);
        }
        if (event.type().equals(SCORE) || event.type().equals(TRACE) || event.type().equals(LOG)) {
          results.succeeded(event.id());
        }
      } catch (InvalidBodyException e) {
        results.invalid(event.id(), e);
      } catch (ApiException e) {
        results.refused(event.id(), e);
      }
    }
    return CompletableFuture.allOf(
        store.writeTraces(project, traces),
        writeObservations(project, observations, results),
        store.writeScores(project, newScores));
  }

  private static void log(JsonNode body) {
    BodyFields fields = new BodyFields(body);
    if (!body.has("log")) {
      fields.invalidType(List.of("log"), "any", body.path("log"));
    }
    fields.check();
    LOGGER.debug("An SDK logged {} bytes", body.toString().length());
  }

  private CompletableFuture<Void> writeObservations(
      String project, List<Event> events, Results results) {
    if (events.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    synchronized (observationLock) {
      Map<String, Observation> changed = new LinkedHashMap<>();
      for (Event event : events) {
        try {
          apply(project, event, changed);
          results.succeeded(event.id());
        } catch (InvalidBodyException e) {
          results.invalid(event.id(), e);
        }
      }
      List<MappedSpan> spans = changed.values().stream().map(IngestionApi::withItsTrace).toList();
      statistics.received(spans.size());
      store.write(project, spans).join();
      statistics.stored(spans.size());
    }
    return CompletableFuture.completedFuture(null);
  }

  private void apply(String project, Event event, Map<String, Observation> changed) {
    JsonNode id = event.body().path("id");
    ObservationType type = type(event);
    if (!id.isTextual()) {
      return;
    }
    String traceId = LegacyEvents.traceId(event.body());
    Observation before = changed.get(id.textValue());
    if (before == null) {
      StoredObservation stored = store.observation(project, traceId, id.textValue());
      before = stored == null ? null : stored.observation();
    }
    String trace =
        before != null
            ? before.traceId()
            : traceId != null ? traceId : UUID.randomUUID().toString();
    Observation.Identity identity = new Observation.Identity(trace, id.textValue(), null);
    changed.put(
        id.textValue(),
        LegacyEvents.observation(before, type, event.body(), identity, event.timestamp()));
  }

  private static ObservationType type(Event event) {
    ObservationType named = LegacyEvents.typeOf(event.type());
    if (named != null) {
      return named;
    }
    BodyFields fields = new BodyFields(event.body());
    fields.requiredText("type");
    ObservationType given = fields.option("type", ObservationType.class);
    fields.check();
    return given == null ? ObservationType.SPAN : given;
  }

  private static MappedSpan withItsTrace(Observation observation) {
    return new MappedSpan(
        observation,
        TraceUpdate.firstSight(
            observation.traceId(), observation.timing().startTime(), observation.environment()));
  }

  /** The answers to the events, in the order in which they are known. */
  private static final class Results {
    private final ArrayNode successes = JsonNodeFactory.instance.arrayNode();
    private final ArrayNode errors = JsonNodeFactory.instance.arrayNode();

    void succeeded(String id) {
      successes.addObject().put("id", id).put("status", 201);
    }

    void invalid(String id, InvalidBodyException e) {
      failed(id, 400, "Invalid request data", e.issues().toString());
    }

    void refused(String id, ApiException e) {
      int status = e.response().status();
      failed(
          id,
          status,
          String.valueOf(e.getMessage()),
          status == 404 ? "LangfuseNotFoundError" : "InvalidRequestError");
    }

    void failed(String id, int status, String message, String error) {
      errors
          .addObject()
          .put("id", id)
          .put("status", status)
          .put("message", message)
          .put("error", error);
    }

    void throwFirst() {
      if (!errors.isEmpty()) {
        JsonNode first = errors.get(0);
        int status = first.path("status").intValue();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("message", first.path("message"));
        body.set("error", first.path("error"));
        throw ApiException.with(first.path("message").asText(), Response.json(status, body));
      }
    }

    Response answer() {
      ObjectNode body = JsonNodeFactory.instance.objectNode();
      body.set("successes", successes);
      body.set("errors", errors);
      return Response.json(207, body);
    }
  }
}
