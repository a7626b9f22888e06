package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.store.ObservationQuery.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;

/** Places in the list of observations, as the base64 of a JSON object. */
final class Cursors {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Cursors() {}

  static String encode(Observation last) {
    byte[] json =
        Json.object(
            fields ->
                fields
                    .field("lastStartTimeTo", last.timing().startTime())
                    .field("lastTraceId", last.traceId())
                    .field("lastId", last.id()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  static Position decode(String cursor) {
    try {
      // Either alphabet, since clients may have re-encoded it.
      byte[] json =
          Base64.getUrlDecoder()
              .decode(cursor.replace('+', '-').replace('/', '_').replace("=", ""));
      JsonNode node = MAPPER.readTree(json);
      Instant time = Parameters.parseInstant(node.path("lastStartTimeTo").asText());
      if (time != null && node.hasNonNull("lastTraceId") && node.hasNonNull("lastId")) {
        return new Position(time, node.path("lastTraceId").asText(), node.path("lastId").asText());
      }
    } catch (IOException | IllegalArgumentException e) {
      // Said below in one way for all forms of nonsense.
    }
    throw Issues.custom("cursor", "Invalid cursor");
  }
}
