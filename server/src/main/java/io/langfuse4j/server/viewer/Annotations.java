package io.langfuse4j.server.viewer;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.model.Score.Subject;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Judgements that somebody gives while reading. They are scores like any other, of source {@code
 * ANNOTATION}, which the public API gives only to those with a config. There is one for each name
 * and subject: judging again changes it.
 */
final class Annotations {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_COMMENT = 10_000;

  private final TraceStore store;
  private final Clock clock;

  Annotations(TraceStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * {@code {traceId, observationId?, name, value: true|false|number, comment?}}. Only JSON is
   * taken: a page of another origin cannot send that without asking first, and is then refused.
   */
  CompletionStage<Response> annotate(Request request) {
    String contentType = Objects.requireNonNullElse(request.header("Content-Type"), "");
    if (!contentType.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      throw ApiException.of(415, "Expected application/json", "UnsupportedMediaType");
    }
    JsonNode body = Json.tree(request.body().open());
    String traceId = required(body, "traceId", LONGEST_NAME);
    StoredTrace trace = store.trace(request.project(), traceId);
    if (trace == null) {
      throw ApiException.notFound("Trace " + traceId + " not found within authorized project");
    }
    Score score = score(body, trace);
    return store
        .writeScores(request.project(), List.of(score))
        .thenApply(done -> Response.json(200, Map.of("id", score.id())));
  }

  private Score score(JsonNode body, StoredTrace trace) {
    String traceId = trace.summary().id();
    String observationId = optional(body, "observationId", LONGEST_NAME);
    String name = required(body, "name", LONGEST_NAME);
    JsonNode value = body.path("value");
    if (!value.isBoolean() && !value.isNumber()) {
      throw ApiException.invalidRequest("'value' must be true, false or a number");
    }
    boolean yes = value.isBoolean() && value.booleanValue();
    return new Score(
        id(traceId, observationId, name),
        new Subject(traceId, observationId, null, null),
        name,
        value.isBoolean() ? DataType.BOOLEAN : DataType.NUMERIC,
        value.isBoolean() ? (yes ? 1.0 : 0.0) : value.doubleValue(),
        value.isBoolean() ? (yes ? "True" : "False") : null,
        Source.ANNOTATION,
        null,
        // An empty comment takes an earlier one away; absent values would leave it.
        Objects.requireNonNullElse(optional(body, "comment", LONGEST_COMMENT), ""),
        "{}",
        null,
        null,
        trace.summary().environment(),
        clock.instant());
  }

  private static String id(String traceId, @Nullable String observationId, String name) {
    String subject = traceId + '/' + Objects.requireNonNullElse(observationId, "") + '/' + name;
    return "viewer-" + UUID.nameUUIDFromBytes(subject.getBytes(StandardCharsets.UTF_8));
  }

  private static String required(JsonNode body, String name, int longest) {
    String text = optional(body, name, longest);
    if (text == null || text.isBlank()) {
      throw ApiException.invalidRequest("'" + name + "' is missing");
    }
    return text;
  }

  private static @Nullable String optional(JsonNode body, String name, int longest) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().length() > longest) {
      throw ApiException.invalidRequest(
          "'" + name + "' must be text of at most " + longest + " characters");
    }
    return value.textValue();
  }

  CompletionStage<Response> delete(Request request) {
    return store
        .deleteScores(request.project(), List.of(request.pathParameter("scoreId")))
        .thenApply(count -> Response.json(200, Map.of("deleted", count)));
  }
}
