package io.langfuse4j.internal.scores;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.internal.SdkVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes scores as the events of one ingestion request. Confined to the exporting thread. */
final class ScoreEvents {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String publicKey;
  private final BinaryOperator<String> mask;

  /**
   * Creates the writer.
   *
   * @param mask makes of a key and a text what may be sent
   */
  ScoreEvents(String publicKey, BinaryOperator<String> mask) {
    this.publicKey = publicKey;
    this.mask = mask;
  }

  byte[] write(List<QueuedScore> scores) {
    ObjectNode request = JSON.createObjectNode();
    ArrayNode batch = request.putArray("batch");
    scores.forEach(score -> event(batch.addObject(), score));
    request
        .putObject("metadata")
        .put("batch_size", scores.size())
        .put("sdk_name", "java")
        .put("sdk_version", SdkVersion.VERSION)
        .put("public_key", publicKey);
    // By way of a string, which turns halves of surrogate pairs into question marks.
    return request.toString().getBytes(StandardCharsets.UTF_8);
  }

  private void event(ObjectNode event, QueuedScore score) {
    event
        .put("id", score.eventId())
        .put("type", "score-create")
        .put("timestamp", score.timestamp().toString());
    ObjectNode body = event.putObject("body").put("id", score.id());
    put(body, "traceId", score.traceId());
    put(body, "observationId", score.observationId());
    put(body, "sessionId", score.sessionId());
    put(body, "datasetRunId", score.datasetRunId());
    body.put("name", mask.apply("score.name", score.name()));
    put(body, "environment", score.environment());
    Double number = score.number();
    if (number == null) {
      put(body, "value", masked("score.value", score.words()));
    } else {
      body.put("value", number);
    }
    put(body, "comment", masked("score.comment", score.comment()));
    String metadata = masked("score.metadata", score.metadata());
    if (metadata != null) {
      body.set("metadata", parsed(metadata));
    }
    body.put("dataType", score.dataType());
    put(body, "configId", score.configId());
  }

  private @Nullable String masked(String key, @Nullable String text) {
    return text == null ? null : mask.apply(key, text);
  }

  /** A mask may leave text that is no JSON any more. */
  private static JsonNode parsed(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return JSON.getNodeFactory().textNode(text);
    }
  }

  private static void put(ObjectNode body, String name, @Nullable String value) {
    if (value != null) {
      body.put(name, value);
    }
  }
}
