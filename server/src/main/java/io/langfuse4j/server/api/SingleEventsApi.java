package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.Handler;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /api/public/traces} and its like: what a batch holds many of, one at a time, as the
 * first clients sent them.
 */
final class SingleEventsApi {
  private static final long BODY_LIMIT = 4_500_000;

  private final IngestionApi ingestion;
  private final Clock clock;

  SingleEventsApi(IngestionApi ingestion, Clock clock) {
    this.ingestion = ingestion;
    this.clock = clock;
  }

  /** Makes one; an id is chosen if none is given. */
  Handler create(String type) {
    return request -> {
      ObjectNode body = body(request);
      if (!body.path("id").isTextual()) {
        body.put("id", UUID.randomUUID().toString());
      }
      return take(request, type, body);
    };
  }

  /** Changes one, whose id is in a field of its own. */
  Handler update(String type, String idField) {
    return request -> {
      ObjectNode body = body(request);
      JsonNode id = body.remove(idField);
      if (id == null || !id.isTextual()) {
        throw Issues.invalidType(idField, "string", "undefined");
      }
      body.set("id", id);
      return take(request, type, body);
    };
  }

  private CompletionStage<Response> take(Request request, String type, ObjectNode body) {
    Instant now = Instant.ofEpochMilli(clock.millis());
    return ingestion
        .one(request.project(), type, now, body)
        .thenApply(done -> Response.json(200, Map.of("id", body.path("id").asText())));
  }

  /** Generations say prompt and completion for what all others call input and output. */
  private static ObjectNode body(Request request) {
    if (!(BodyFields.read(request, BODY_LIMIT) instanceof ObjectNode body)) {
      throw Issues.custom("body", "Expected a JSON object");
    }
    rename(body, "prompt", "input");
    rename(body, "completion", "output");
    return body;
  }

  private static void rename(ObjectNode body, String from, String to) {
    JsonNode value = body.remove(from);
    if (value != null && !body.hasNonNull(to)) {
      body.set(to, value);
    }
  }
}
