package io.langfuse4j.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A trace as the API shows it, as events of the batch ingestion endpoint that make it again. */
final class IngestionEvents {
  private static final List<String> OF_TRACE =
      List.of(
          "id",
          "timestamp",
          "name",
          "userId",
          "sessionId",
          "release",
          "version",
          "environment",
          "public",
          "tags",
          "input",
          "output",
          "metadata");
  private static final List<String> OF_OBSERVATION =
      List.of(
          "id",
          "traceId",
          "parentObservationId",
          "name",
          "startTime",
          "endTime",
          "completionStartTime",
          "level",
          "statusMessage",
          "environment",
          "version",
          "input",
          "output",
          "metadata",
          "model",
          "modelParameters",
          "usageDetails",
          "costDetails",
          "promptName",
          "promptVersion");
  private static final List<String> OF_SCORE =
      List.of(
          "id",
          "traceId",
          "observationId",
          "sessionId",
          "name",
          "dataType",
          "comment",
          "metadata",
          "configId",
          "environment");

  private IngestionEvents() {}

  static ArrayNode of(JsonNode trace) {
    ArrayNode events = RemoteServer.MAPPER.createArrayNode();
    String time = trace.path("timestamp").asText();
    events.add(event("trace-create", time, body(trace, OF_TRACE)));
    for (JsonNode observation : trace.path("observations")) {
      String type = observation.path("type").asText().toLowerCase(Locale.ROOT);
      events.add(
          event(
              type + "-create",
              observation.path("startTime").asText(),
              body(observation, OF_OBSERVATION)));
    }
    for (JsonNode score : trace.path("scores")) {
      events.add(ofScore(score, time));
    }
    return events;
  }

  static ObjectNode ofScore(JsonNode score, String otherwiseAt) {
    ObjectNode body = body(score, OF_SCORE);
    boolean text = score.path("stringValue").isTextual();
    body.set("value", score.get(text && !isBoolean(score) ? "stringValue" : "value"));
    return event("score-create", score.path("timestamp").asText(otherwiseAt), body);
  }

  private static boolean isBoolean(JsonNode score) {
    return "BOOLEAN".equals(score.path("dataType").asText());
  }

  private static ObjectNode event(String type, String time, ObjectNode body) {
    ObjectNode event = RemoteServer.MAPPER.createObjectNode();
    event.put("id", UUID.randomUUID().toString());
    event.put("type", type);
    event.put("timestamp", time);
    event.set("body", body);
    return event;
  }

  private static ObjectNode body(JsonNode from, List<String> fields) {
    ObjectNode body = RemoteServer.MAPPER.createObjectNode();
    for (String field : fields) {
      JsonNode value = from.get(field);
      if (value != null && !value.isNull()) {
        body.set(field, value);
      }
    }
    return body;
  }
}
