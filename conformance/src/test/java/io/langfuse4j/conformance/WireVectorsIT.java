package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.conformance.VectorPrograms.Program;
import io.langfuse4j.conformance.WireVectors.Vector;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server stores a vector, sent as OTLP/JSON, as it stores what the SDK sends as protobuf. */
class WireVectorsIT {

  private static final List<String> DIFFERENT_EACH_TIME =
      List.of(
          "id",
          "traceId",
          "startTime",
          "endTime",
          "latency",
          "timeToFirstToken",
          "createdAt",
          "updatedAt");

  @RegisterExtension final SeedServer server = new SeedServer();

  static List<Vector> vectors() {
    return WireVectors.all();
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void server_storesTheVectorLikeTheSdksObservation(Vector vector) {
    post(vector);
    run(vector);

    List<JsonNode> stored = TraceText.list(server.api().observationsNamed(vector.name()));

    assertThat(stored).hasSize(2);
    assertThat(stored).anyMatch(o -> o.path("id").asText().equals(vector.spanId()));
    assertThat(fields(stored.get(0))).isEqualTo(fields(stored.get(1)));
    assertThat(stored.get(0).path("type").textValue())
        .isEqualToIgnoringCase((String) vector.attributes().get("langfuse.observation.type"));
  }

  private void post(Vector vector) {
    HttpResponse<String> response =
        server
            .api()
            .post(
                "/api/public/otel/v1/traces",
                Repository.read("conformance/vectors/" + vector.file()));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  private void run(Vector vector) {
    Program program = VectorPrograms.all().get(vector.name());
    try (Langfuse langfuse = program.client().apply(server.builder()).build()) {
      program.calls().accept(langfuse, vector.name());
      assertThat(langfuse.flush()).isTrue();
    }
  }

  /** Everything but ids, times and what the sender says about itself. */
  private static JsonNode fields(JsonNode observation) {
    ObjectNode fields = observation.deepCopy();
    fields.remove(DIFFERENT_EACH_TIME);
    JsonNode metadata = fields.path("metadata");
    if (metadata instanceof ObjectNode object) {
      object.remove(List.of("scope", "resourceAttributes"));
    }
    return fields;
  }
}
