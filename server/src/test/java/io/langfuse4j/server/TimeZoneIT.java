package io.langfuse4j.server;

import static io.langfuse4j.server.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's time zone is nowhere in an answer. */
class TimeZoneIT {
  private static final String METRICS =
      "{\"view\":\"%s\",\"metrics\":[{\"measure\":\"count\",\"aggregation\":\"count\"}],"
          + "\"dimensions\":[{\"field\":\"name\"}],\"filters\":[],"
          + "\"timeDimension\":{\"granularity\":\"%s\"},"
          + "\"fromTimestamp\":\"2026-11-20T00:00:00Z\",\"toTimestamp\":\"2026-11-23T00:00:00Z\"}";

  private static final List<String> QUESTIONS =
      List.of(
          "/api/public/traces?limit=50",
          "/api/public/traces/" + OtlpRequest.traceId(1),
          "/api/public/traces?fromTimestamp=2026-11-21T09:59:59Z&toTimestamp=2026-11-21T10:00:01Z",
          "/api/public/traces?fromTimestamp=2026-11-22T00:00:00%2B14:00",
          "/api/public/observations?limit=50",
          "/api/public/v2/observations?limit=50",
          "/api/public/sessions",
          "/api/public/metrics/daily",
          "/api/public/metrics?query=" + encode(METRICS.formatted("traces", "day")),
          "/api/public/metrics?query=" + encode(METRICS.formatted("traces", "week")),
          "/api/public/metrics?query=" + encode(METRICS.formatted("observations", "hour")),
          "/api/public/v2/metrics?query=" + encode(METRICS.formatted("observations", "month")));

  @TempDir private Path folder;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Map<String, JsonNode> answers(String zone) throws Exception {
    Map<String, JsonNode> answers = new LinkedHashMap<>();
    try (ServerProcess server =
        ServerProcess.run(
            Map.of("JAVA_TOOL_OPTIONS", "-Duser.timezone=" + zone, "TZ", zone),
            "--port",
            "0",
            "--data",
            folder.resolve(zone.replace('/', '-')).toString())) {
      for (int trace = 1; trace <= 3; trace++) {
        OtlpRequest request =
            OtlpRequest.root(trace, 10 * trace, "run")
                .attribute("langfuse.session.id", "s")
                .child(trace, 10 * trace + 1, 10 * trace, "ask")
                .generation("gpt-4o", 10, 5);
        assertThat(server.send(client, "/api/public/otel/v1/traces", request).statusCode())
            .isEqualTo(200);
      }
      for (String question : QUESTIONS) {
        HttpResponse<String> answer = server.send(client, question, null);
        assertThat(answer.statusCode()).as("%s: %s", question, answer.body()).isEqualTo(200);
        JsonNode json = TestServer.parse(answer.body());
        assertStoredJustNow(json);
        answers.put(question, json);
      }
    }
    return answers;
  }

  /** These are the only times that are not the spans' own; they are taken out. */
  private static void assertStoredJustNow(JsonNode json) {
    for (JsonNode child : json) {
      assertStoredJustNow(child);
    }
    if (json instanceof ObjectNode object) {
      for (String field : List.of("createdAt", "updatedAt")) {
        JsonNode time = object.remove(field);
        if (time != null
            && !time.isNull()
            && Instant.parse(time.asText()).isAfter(OtlpRequest.START)) {
          assertThat(Duration.between(Instant.parse(time.asText()), Instant.now()).abs())
              .isLessThan(Duration.ofMinutes(10));
        }
      }
    }
  }

  @Test
  void zone_changesNoAnswer() throws Exception {
    Map<String, JsonNode> expected = answers("Etc/UTC");

    assertThat(expected.get("/api/public/traces?limit=50").path("data")).hasSize(3);
    assertThat(answers("Pacific/Kiritimati")).isEqualTo(expected);
    assertThat(answers("America/St_Johns")).isEqualTo(expected);
  }
}
