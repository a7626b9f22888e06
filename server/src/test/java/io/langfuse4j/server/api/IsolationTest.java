package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Every route of both APIs, called with the keys of a project that has nothing of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationTest {
  private static final String API = "/api/public";

  /** Is in everything that the first project holds. */
  private static final String MARK = "only-mine";

  /** Reads that hold nothing of a project, or would not end. */
  private static final Set<String> WITHOUT_CONTENT =
      Set.of(
          "/api/public/health",
          "/api/public/ready",
          "/api/public/openapi.json",
          "/api/viewer/info",
          "/api/viewer/live");

  private static final Set<String> OF_THE_ORGANIZATION =
      Set.of("/api/public/organizations/projects", "/api/public/projects/{projectId}/apiKeys");

  private final Map<String, String> ids = new TreeMap<>();
  private TestServer server;
  private String organization;
  private String mine;
  private String theirs;

  @BeforeAll
  void fill(@TempDir Path folder) {
    server =
        TestServer.start(
            folder,
            builder ->
                builder
                    .requireKeys(true)
                    .project(new Project("p1", MARK, "pk-1", "sk-1"))
                    .organization(new Project("o", "O", "pk-o", "sk-o")));
    organization = basic("pk-o", "sk-o");
    mine = basic("pk-1", "sk-1");
    String other = post(organization, "/projects", "{'name':'other'}").get("id").asText();
    JsonNode key = post(organization, "/projects/" + other + "/apiKeys", "{}");
    theirs = basic(key.get("publicKey").asText(), key.get("secretKey").asText());
    fill();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private void fill() {
    ids.put("projectId", "p1");
    ids.put("traceId", traceId(1));
    ids.put("observationId", spanId(11));
    ids.put("sessionId", "s");
    ids.put("promptName", "p");
    ids.put("version", "1");
    ids.put("name", "d");
    ids.put("runName", "r");
    ids.put("apiKeyId", "none");
    String spans =
        OtlpRequest.root(1, 11, MARK)
            .generation("gpt-4o", 1, 1)
            .attribute("langfuse.session.id", "s")
            .attribute("langfuse.user.id", MARK)
            .attribute("langfuse.experiment.id", "e")
            .attribute("langfuse.experiment.name", MARK)
            .attribute("langfuse.experiment.item.id", "item")
            .json();
    post(mine, "/otel/v1/traces", spans);
    String trace = ",'traceId':'" + traceId(1) + "'";
    put("scoreId", "/scores", "{'name':'" + MARK + "','value':1" + trace + "}");
    put("configId", "/score-configs", "{'name':'" + MARK + "','dataType':'NUMERIC'}");
    put("modelId", "/models", "{'modelName':'" + MARK + "','matchPattern':'^x$','totalPrice':1}");
    post(mine, "/v2/prompts", "{'name':'p','prompt':'" + MARK + "','labels':['production']}");
    put("datasetId", "/v2/datasets", "{'name':'d','description':'" + MARK + "'}");
    post(mine, "/dataset-items", "{'datasetName':'d','id':'item','input':'" + MARK + "'}");
    post(
        mine,
        "/dataset-run-items",
        "{'runName':'r','runDescription':'" + MARK + "','datasetItemId':'item'" + trace + "}");
    put(
        "commentId",
        "/comments",
        "{'projectId':'p1','objectType':'TRACE','objectId':'%s','content':'%s'}"
            .formatted(traceId(1), MARK));
    put(
        "queueId",
        "/annotation-queues",
        "{'name':'" + MARK + "','scoreConfigIds':['" + ids.get("configId") + "']}");
    put(
        "itemId",
        "/annotation-queues/" + ids.get("queueId") + "/items",
        "{'objectType':'TRACE','objectId':'" + traceId(1) + "'}");
    String hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
    JsonNode media =
        post(
            mine,
            "/media",
            "{'contentType':'text/plain','contentLength':9,'field':'input','sha256Hash':'%s'%s}"
                .formatted(hash, trace));
    ids.put("mediaId", media.get("mediaId").asText());
  }

  private void put(String name, String path, String body) {
    ids.put(name, post(mine, path, body).get("id").asText());
  }

  private static String basic(String publicKey, String secretKey) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
  }

  private HttpResponse<String> call(String keys, String method, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Authorization", keys)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private JsonNode post(String keys, String path, String body) {
    HttpResponse<String> response = call(keys, "POST", API + path, body);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isLessThan(300);
    return parse(response.body());
  }

  private static Set<String> operations() throws IOException {
    Set<String> operations = new TreeSet<>(OpenApiTest.DESCRIBED.operations());
    try (InputStream viewer =
        IsolationTest.class.getResourceAsStream("/io/langfuse4j/server/viewer/viewer-api.json")) {
      operations.addAll(new Described(new ObjectMapper().readTree(viewer)).operations());
    }
    return operations;
  }

  private static List<String> paths(String method) throws IOException {
    return operations().stream()
        .filter(operation -> operation.startsWith(method + " "))
        .map(operation -> operation.substring(method.length() + 1))
        .filter(path -> !WITHOUT_CONTENT.contains(path))
        .toList();
  }

  /** With the first project's ids, and whatever else the route wants to be told. */
  private String filled(String path) {
    String filled = path;
    if (path.startsWith("/api/public/dataset-items/")) {
      filled = path.replace("{itemId}", "item");
    }
    for (Map.Entry<String, String> id : ids.entrySet()) {
      filled = filled.replace("{" + id.getKey() + "}", id.getValue());
    }
    return filled + query(path.substring(path.indexOf('/', 5)));
  }

  private String query(String path) {
    return switch (path) {
      case "/prompts" -> "?name=p";
      case "/dataset-run-items" -> "?runName=r&datasetId=" + ids.get("datasetId");
      case "/experiments", "/experiment-items" -> "?fromStartTime=2020-01-01T00:00:00Z";
      case "/metrics", "/v2/metrics" ->
          "?query="
              + encode(
                  ("{'view':'observations','dimensions':[{'field':'name'}],"
                          + "'metrics':[{'measure':'count','aggregation':'count'}],"
                          + "'fromTimestamp':'2020-01-01T00:00:00Z',"
                          + "'toTimestamp':'2100-01-01T00:00:00Z'}")
                      .replace('\'', '"'));
      case "/models" -> "?limit=100&page=2";
      case "/volume", "/performance" -> "?from=2026-11-01T00:00:00Z&to=2026-12-01T00:00:00Z";
      default -> "";
    };
  }

  /** What the first project reads, by path. */
  private Map<String, String> snapshot() throws IOException {
    Map<String, String> snapshot = new TreeMap<>();
    for (String path : paths("GET")) {
      snapshot.put(path, call(mine, "GET", filled(path), "").body());
    }
    return snapshot;
  }

  @Test
  void reads_showNothingOfAnotherProject() throws IOException {
    List<String> shown = new ArrayList<>();
    for (String path : paths("GET")) {
      String own = call(mine, "GET", filled(path), "").body();
      HttpResponse<String> others = call(theirs, "GET", filled(path), "");

      assertThat(others.body()).as(path).doesNotContain(MARK);
      assertThat(others.statusCode()).as(path).isLessThan(500);
      if (own.contains(MARK)) {
        shown.add(path);
      } else if (path.contains("{") && !OF_THE_ORGANIZATION.contains(path)) {
        // Without the mark in it, the answer itself must be out of reach.
        assertThat(others.statusCode()).as(path).isIn(403, 404);
      }
    }
    assertThat(shown).as("paths whose answers hold the mark").hasSizeGreaterThan(35);
  }

  @Test
  void changes_reachNothingOfAnotherProject() throws IOException {
    Map<String, String> before = snapshot();
    String body =
        """
        {'id':'%s','name':'%s','value':5,'traceId':'%s','observationId':'%s','spanId':'%s',
         'generationId':'%s','datasetName':'d','datasetItemId':'item','runName':'r',
         'objectType':'TRACE','objectId':'%s','projectId':'p1','content':'stolen',
         'newLabels':['stolen'],'prompt':'stolen','labels':['production'],'status':'COMPLETED',
         'traceIds':['%s'],'isArchived':true,'uploadedAt':'2026-01-01T00:00:00Z',
         'uploadHttpStatus':200,'configId':'%s','dataType':'NUMERIC','scoreConfigIds':['%s'],
         'modelName':'stolen','matchPattern':'^y$','totalPrice':2,'output':'stolen',
         'batch':[{'id':'1','type':'score-create','timestamp':'2026-01-01T00:00:00Z',
           'body':{'id':'%s','name':'stolen','value':9,'traceId':'%s'}},
          {'id':'2','type':'trace-create','timestamp':'2026-01-01T00:00:00Z',
           'body':{'id':'%s','name':'stolen'}},
          {'id':'3','type':'span-update','timestamp':'2026-01-01T00:00:00Z',
           'body':{'id':'%s','traceId':'%s','name':'stolen'}}]}
        """
            .formatted(
                ids.get("scoreId"),
                "stolen",
                traceId(1),
                spanId(11),
                spanId(11),
                spanId(11),
                traceId(1),
                traceId(1),
                ids.get("configId"),
                ids.get("configId"),
                ids.get("scoreId"),
                traceId(1),
                traceId(1),
                spanId(11),
                traceId(1));
    for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
      for (String path : paths(method)) {
        HttpResponse<String> response = call(theirs, method, filled(path), body);

        assertThat(response.statusCode()).as(method + " " + path).isLessThan(500);
        assertThat(response.body()).as(method + " " + path).doesNotContain(MARK);
      }
    }

    snapshot().forEach((path, after) -> assertThat(after).as(path).isEqualTo(before.get(path)));
  }
}
