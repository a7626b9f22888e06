package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The server takes every vector, as OTLP/JSON, and stores each of its spans as an observation. */
class WireVectorsIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  static List<Path> files() {
    return WireVectors.files();
  }

  @ParameterizedTest
  @MethodSource("files")
  void server_takesTheVectors(Path file) {
    HttpResponse<String> response =
        server.api().post("/api/public/otel/v1/traces", Repository.read(file));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    WireVectors.all().stream()
        .filter(vector -> file.endsWith(vector.file()))
        .forEach(
            vector -> {
              JsonNode observation = server.api().observation(vector.spanId());
              assertThat(observation.path("name").textValue()).isEqualTo(vector.name());
              assertThat(observation.path("type").textValue())
                  .isEqualToIgnoringCase(
                      (String) vector.attributes().get("langfuse.observation.type"));
            });
  }
}
