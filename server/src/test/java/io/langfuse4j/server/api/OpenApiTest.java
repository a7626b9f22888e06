package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.ingest.Intake;
import io.langfuse4j.server.mapping.SpanMapper;
import io.langfuse4j.server.observability.Probes;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.media.FolderMediaFiles;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
  static final Described DESCRIBED =
      new Described(TestServer.parse(new String(OpenApi.read(), StandardCharsets.UTF_8)));

  private static final String RUN_ITEM = "{'runName':'r','datasetItemId':'i','traceId':'t'}";

  @TempDir private Path folder;

  @Test
  void file_hasExactlyTheRoutes() {
    assertThat(DESCRIBED.operations()).isEqualTo(routes());
  }

  @Test
  void file_namesTheParametersOfEachPath_andEachOperationOnce() {
    List<String> operations = DESCRIBED.file().path("paths").findValuesAsText("operationId");

    assertThat(operations).doesNotHaveDuplicates().hasSameSizeAs(DESCRIBED.operations());
    DESCRIBED.checkPathParameters();
  }

  @Test
  void file_isServedWithoutKeys() {
    try (TestServer server =
        TestServer.start(
            folder,
            builder -> builder.requireKeys(true).project(new Project("p", "P", "pk", "sk")))) {
      JsonNode file = server.json("/api/public/openapi.json");
      assertThat(file.get("openapi").asText()).startsWith("3.");
      assertThat(server.json("/generated/api/openapi.yml")).isEqualTo(file);
    }
  }

  @Test
  void answers_areAsTheFileDescribesThem() {
    try (TestServer server = TestServer.start(folder)) {
      String api = "/api/public";
      server.send(201, "POST", api + "/v2/prompts", "{'name':'p','prompt':'Hi','labels':['a']}");
      server.send(200, "POST", api + "/v2/datasets", "{'name':'d'}");
      server.send(200, "POST", api + "/dataset-items", "{'datasetName':'d','id':'i','input':1}");
      server.send(200, "POST", api + "/dataset-run-items", RUN_ITEM);
      server.send(200, "POST", api + "/scores", "{'traceId':'t','name':'n','value':0.5,'id':'s'}");
      server.send(200, "POST", api + "/scores", "{'sessionId':'s','name':'n','value':'good'}");
      server.ingest(
          OtlpRequest.root(1, 11, "run")
              .attribute("langfuse.observation.input", "{\"question\":\"why?\"}")
              .attribute("langfuse.session.id", "session")
              .attribute("langfuse.experiment.id", "e")
              .attribute("langfuse.experiment.item.id", "i")
              .child(1, 12, 11, "ask")
              .generation("gpt-4o", 10, 5));
      String judged = "{'traceId':'" + traceId(1) + "','name':'n','value':0.5}";
      server.send(200, "POST", api + "/scores", judged);
      for (String value : List.of("'good','dataType':'TEXT'", "1,'dataType':'BOOLEAN'")) {
        String subject = "{'traceId':'t','name':'n','value':";
        server.send(200, "POST", api + "/scores", subject + value + "}");
      }
      String config =
          server
              .send(
                  200,
                  "POST",
                  api + "/score-configs",
                  "{'name':'c','dataType':'CATEGORICAL','categories':[{'label':'a','value':0.5}]}")
              .path("id")
              .asText();
      String comment =
          server
              .send(
                  200,
                  "POST",
                  api + "/comments",
                  "{'projectId':'local','objectType':'TRACE','objectId':'"
                      + traceId(1)
                      + "','content':'c'}")
              .path("id")
              .asText();
      JsonNode trace = server.json(api + "/traces/" + traceId(1));
      assertThat(trace.path("observations")).hasSize(2);
      assertThat(trace.path("scores")).hasSize(1);
      String dataset = server.json(api + "/v2/datasets/d").path("id").asText();

      Map<String, String> asked = new LinkedHashMap<>();
      asked.put("/v2/prompts", "/v2/prompts");
      asked.put("/v2/prompts/{promptName}", "/v2/prompts/p?label=a");
      asked.put("/v2/datasets", "/v2/datasets");
      asked.put("/v2/datasets/{name}", "/v2/datasets/d");
      asked.put("/dataset-items", "/dataset-items?datasetName=d");
      asked.put("/dataset-items/{itemId}", "/dataset-items/i");
      asked.put("/datasets/{name}/runs", "/datasets/d/runs");
      asked.put("/dataset-run-items", "/dataset-run-items?runName=r&datasetId=" + dataset);
      asked.put("/v2/scores", "/v2/scores");
      asked.put("/v2/scores/{scoreId}", "/v2/scores/s");
      asked.put("/traces/{traceId}", "/traces/" + traceId(1));
      asked.put("/observations/{observationId}", "/observations/" + spanId(12));
      asked.put("/observations", "/observations");
      asked.put("/sessions", "/sessions");
      asked.put("/v3/scores", "/v3/scores?fields=details,subject,annotation&limit=1");
      asked.put("/score-configs", "/score-configs");
      asked.put("/score-configs/{configId}", "/score-configs/" + config);
      asked.put("/comments", "/comments");
      asked.put("/comments/{commentId}", "/comments/" + comment);
      asked.put(
          "/experiments",
          "/experiments?fields=core,metadata,scores&fromStartTime=2020-01-01T00:00:00Z");
      asked.put("/organizations/projects", "/organizations/projects");
      DESCRIBED.checkAnswer("get", api + "/v3/scores", server.json(api + "/v3/scores"));
      asked.forEach(
          (path, request) -> {
            JsonNode answer = server.json(api + request);
            assertThat(answer.path("data").isMissingNode() || !answer.path("data").isEmpty())
                .as(path)
                .isTrue();
            DESCRIBED.checkAnswer("get", api + path, answer);
          });
    }
  }

  /** Those that OTLP exporters find by themselves, and the older name of the file, are no part. */
  private Set<String> routes() {
    Clock clock = Clock.systemUTC();
    try (TraceStore store = SqliteTraceStore.open(folder.resolve("db"), clock, 1L << 20);
        Intake intake =
            new Intake(store, new SpanMapper(clock), folder.resolve("journal"), 1L << 20);
        Probes probes = new Probes()) {
      return new PublicApi(
              store,
              new FolderMediaFiles(folder.resolve("media")),
              new ProjectKeys(Project.LOCAL, null, false, store),
              intake,
              new IngestStatistics(clock),
              probes,
              clock,
              "test",
              new PublicApi.Limits(1, 1, 1))
          .routes().stream()
              .filter(route -> route.path().startsWith("/api/public"))
              .map(OpenApiTest::shown)
              .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static String shown(Route route) {
    return route.method() + " " + route.path();
  }
}
