package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectsApiTest {
  private static final String API = "/api/public";
  private static final String PROJECTS = API + "/projects";

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String basic(String publicKey, String secretKey) {
    return "Basic "
        + Base64.getEncoder()
            .encodeToString((publicKey + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
  }

  /** Makes a project and answers the header that opens it. */
  private String project(String name) {
    String id = server.send(201, "POST", PROJECTS, "{'name':'" + name + "'}").get("id").asText();
    JsonNode key = server.send(201, "POST", PROJECTS + "/" + id + "/apiKeys", "{'note':'n'}");
    return basic(key.get("publicKey").asText(), key.get("secretKey").asText());
  }

  private HttpResponse<String> as(String authorization, String method, String path, String body) {
    return server.send(
        server
            .request(path)
            .header("Authorization", authorization)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private JsonNode read(String authorization, String path) {
    HttpResponse<String> response = as(authorization, "GET", path, "");
    assertThat(response.statusCode()).as(path + ": " + response.body()).isEqualTo(200);
    return parse(response.body());
  }

  @Test
  void project_isMadeRenamedAndRemoved() {
    JsonNode made = server.send(201, "POST", PROJECTS, "{'name':'second','metadata':{'team':'a'}}");
    String path = PROJECTS + "/" + made.get("id").asText();
    assertThat(made)
        .isEqualTo(
            lenient(
                "{'id':'%s','name':'second','organization':{'id':'local','name':'local'},'metadata':{'team':'a'}}"
                    .formatted(made.get("id").asText())));
    JsonNode key = server.send(201, "POST", path + "/apiKeys", "{}");
    String authorization = basic("any", key.get("secretKey").asText());
    assertThat(key.get("displaySecretKey").asText())
        .endsWith(key.get("secretKey").asText().substring(38));
    JsonNode listed = server.json(path + "/apiKeys").at("/apiKeys/0");
    assertThat(listed.has("secretKey")).isFalse();
    assertThat(listed.get("publicKey")).isEqualTo(key.get("publicKey"));

    server.send(200, "PUT", path, "{'name':'renamed'}");
    assertThat(read(authorization, PROJECTS).at("/data/0/name").asText()).isEqualTo("renamed");
    assertThat(server.json(API + "/organizations/projects").get("projects")).hasSize(2);

    server.close();
    server = TestServer.start(folder);
    assertThat(read(authorization, PROJECTS).at("/data/0/name").asText()).isEqualTo("renamed");

    server.send(202, "DELETE", path, "");
    assertThat(read(authorization, PROJECTS).at("/data/0/id").asText()).isEqualTo("local");
    assertThat(server.send("PUT", path, "{'name':'x'}").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", PROJECTS + "/local", "").statusCode()).isEqualTo(400);
  }

  @Test
  void projects_areListedWithTheirTimes() {
    String id = server.send(201, "POST", PROJECTS, "{'name':'second'}").get("id").asText();
    JsonNode made = listed(id);
    assertThat(made.get("updatedAt")).isEqualTo(made.get("createdAt"));
    assertThat(made.get("createdAt").asText()).matches("\\d{4}-.*\\.\\d{3}Z");
    assertThat(listed("local").get("createdAt").asText()).matches("\\d{4}-.*\\.\\d{3}Z");

    server.send(200, "PUT", PROJECTS + "/" + id, "{'name':'renamed'}");
    assertThat(listed(id).get("createdAt")).isEqualTo(made.get("createdAt"));
  }

  private JsonNode listed(String id) {
    for (JsonNode project : server.json(API + "/organizations/projects").get("projects")) {
      if (project.get("id").asText().equals(id)) {
        return project;
      }
    }
    throw new AssertionError("No project " + id);
  }

  @Test
  void keyOfTheCallersChoice_opensTheProject_once() {
    String id = server.send(201, "POST", PROJECTS, "{'name':'p'}").get("id").asText();
    String keys = PROJECTS + "/" + id + "/apiKeys";

    JsonNode made =
        server.send(201, "POST", keys, "{'publicKey':'pk-lf-mine','secretKey':'sk-lf-mine'}");
    assertThat(made.get("publicKey").asText()).isEqualTo("pk-lf-mine");
    assertThat(read(basic("pk-lf-mine", "sk-lf-mine"), PROJECTS).at("/data/0/id").asText())
        .isEqualTo(id);

    for (String taken :
        List.of(
            "{'publicKey':'pk-lf-mine','secretKey':'sk-lf-other'}",
            "{'publicKey':'pk-lf-other','secretKey':'sk-lf-mine'}",
            "{'publicKey':'pk-lf-other','secretKey':'sk-lf-local'}")) {
      assertThat(server.send("POST", keys, taken).statusCode()).as(taken).isEqualTo(409);
    }
    for (String wrong :
        List.of(
            "{'publicKey':'pk-lf-alone'}",
            "{'secretKey':'sk-lf-alone'}",
            "{'publicKey':'mine','secretKey':'sk-lf-mine'}",
            "{'publicKey':'pk-lf-','secretKey':'sk-lf-'}")) {
      assertThat(server.send("POST", keys, wrong).statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void key_thatIsDeleted_opensNothingAnyMore() {
    String id = server.send(201, "POST", PROJECTS, "{'name':'p'}").get("id").asText();
    String keys = PROJECTS + "/" + id + "/apiKeys";
    JsonNode key = server.send(201, "POST", keys, "{}");
    String authorization = basic("any", key.get("secretKey").asText());
    assertThat(read(authorization, PROJECTS).at("/data/0/id").asText()).isEqualTo(id);

    server.send(200, "DELETE", keys + "/" + key.get("id").asText(), "");

    assertThat(read(authorization, PROJECTS).at("/data/0/id").asText()).isEqualTo("local");
    assertThat(server.json(keys).get("apiKeys")).isEmpty();
  }

  @Test
  void management_whereKeysAreRequired_needsTheOrganizationsKeys() {
    server.close();
    server =
        TestServer.start(
            folder.resolve("keys"),
            builder ->
                builder
                    .requireKeys(true)
                    .project(new Project("p1", "One", "pk-1", "sk-1"))
                    .organization(new Project("o", "O", "pk-o", "sk-o")));

    assertThat(server.send("POST", PROJECTS, "{'name':'x'}").statusCode()).isEqualTo(401);
    HttpResponse<String> refused = as(basic("pk-1", "sk-1"), "POST", PROJECTS, "{'name':'x'}");
    assertThat(refused.statusCode()).isEqualTo(403);
    assertThat(parse(refused.body()))
        .isEqualTo(
            lenient(
                "{'error':'Invalid API key. Organization-scoped API key required for this"
                    + " operation.'}"));
    assertThat(as(basic("pk-o", "sk-o"), "POST", PROJECTS, "{'name':'x'}").statusCode())
        .isEqualTo(201);
    assertThat(as(basic("pk-o", "sk-o"), "GET", API + "/traces", "").statusCode()).isEqualTo(401);
  }

  @Test
  void change_askedForByAPageOfAnotherMachine_isRefused() {
    for (String path : List.of(PROJECTS, API + "/v2/prompts", "/api/viewer/scores")) {
      HttpResponse<String> refused =
          server.send(
              server
                  .request(path)
                  .header("Origin", "https://evil.example")
                  .header("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString("{\"name\":\"x\",\"prompt\":\"x\"}")));
      assertThat(refused.statusCode()).as(path).isEqualTo(403);
    }
    assertThat(server.json(API + "/v2/prompts").get("data")).isEmpty();
    HttpResponse<String> local =
        server.send(
            server
                .request(API + "/v2/prompts")
                .header("Origin", "http://localhost:5173")
                .POST(BodyPublishers.ofString("{\"name\":\"x\",\"prompt\":\"x\"}")));
    assertThat(local.statusCode()).isEqualTo(201);
  }

  /** Everything that one project holds is invisible and out of reach with another's keys. */
  @Test
  void projects_seeNothingOfOneAnother() {
    String one = project("one");
    String other = project("other");
    Filled filled = fill(one);

    String from = "fromStartTime=2020-01-01T00:00:00Z";
    for (String list :
        List.of(
            "/traces",
            "/observations",
            "/v2/observations",
            "/sessions",
            "/scores",
            "/v2/scores",
            "/v3/scores",
            "/score-configs",
            "/v2/prompts",
            "/v2/datasets",
            "/datasets",
            "/dataset-items",
            "/experiments?" + from,
            "/experiment-items?" + from,
            "/comments",
            "/annotation-queues",
            "/metrics/daily")) {
      assertThat(read(one, API + list).get("data")).as("own " + list).isNotEmpty();
      assertThat(read(other, API + list).get("data")).as("other's " + list).isEmpty();
    }
    for (String path : filled.paths) {
      assertThat(as(one, "GET", API + path, "").statusCode()).as("own " + path).isEqualTo(200);
      assertThat(as(other, "GET", API + path, "").statusCode())
          .as("other's " + path)
          .isEqualTo(404);
    }
    for (String path : filled.deletable) {
      int status = as(other, "DELETE", API + path, "").statusCode();
      assertThat(status).as("other's " + path).isIn(200, 202, 404);
    }
    for (String path : filled.paths) {
      assertThat(as(one, "GET", API + path, "").statusCode()).as("still " + path).isEqualTo(200);
    }
    assertThat(read(other, API + "/models?limit=1&page=1").at("/meta/totalItems").asInt())
        .isEqualTo(read(one, API + "/models?limit=1&page=1").at("/meta/totalItems").asInt() - 1);
  }

  private record Filled(List<String> paths, List<String> deletable) {}

  private String made(String authorization, String path, String body) {
    HttpResponse<String> response = as(authorization, "POST", API + path, body);
    assertThat(response.statusCode()).as(path + ": " + response.body()).isLessThan(300);
    return parse(response.body()).path("id").asText();
  }

  private Filled fill(String keys) {
    String spans =
        OtlpRequest.root(1, 11, "run")
            .attribute("langfuse.session.id", "s")
            .attribute("langfuse.experiment.id", "e")
            .attribute("langfuse.experiment.item.id", "i")
            .json();
    assertThat(
            server
                .send(
                    server
                        .request(API + "/otel/v1/traces")
                        .header("Authorization", keys)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(spans)))
                .statusCode())
        .isEqualTo(200);
    String score = made(keys, "/scores", "{'traceId':'" + traceId(1) + "','name':'q','value':1}");
    String config = made(keys, "/score-configs", "{'name':'q','dataType':'NUMERIC'}");
    String model = made(keys, "/models", "{'modelName':'m','matchPattern':'^m$','totalPrice':1}");
    made(keys, "/v2/prompts", "{'name':'p','prompt':'x','labels':['production']}");
    made(keys, "/v2/datasets", "{'name':'d'}");
    made(keys, "/dataset-items", "{'datasetName':'d','id':'item'}");
    made(keys, "/dataset-run-items", "{'runName':'r','datasetItemId':'item','traceId':'t'}");
    String project = read(keys, PROJECTS).at("/data/0/id").asText();
    String comment =
        made(
            keys,
            "/comments",
            "{'projectId':'%s','objectType':'TRACE','objectId':'%s','content':'c'}"
                .formatted(project, traceId(1)));
    String queue =
        made(keys, "/annotation-queues", "{'name':'n','scoreConfigIds':['" + config + "']}");
    String item =
        made(
            keys,
            "/annotation-queues/" + queue + "/items",
            "{'objectType':'TRACE','objectId':'" + traceId(1) + "'}");
    return new Filled(
        List.of(
            "/traces/" + traceId(1),
            "/observations/" + spanId(11),
            "/sessions/s",
            "/scores/" + score,
            "/v2/scores/" + score,
            "/score-configs/" + config,
            "/models/" + model,
            "/v2/prompts/p",
            "/prompts?name=p",
            "/v2/datasets/d",
            "/datasets/d",
            "/datasets/d/runs",
            "/datasets/d/runs/r",
            "/dataset-items/item",
            "/comments/" + comment,
            "/annotation-queues/" + queue,
            "/annotation-queues/" + queue + "/items",
            "/annotation-queues/" + queue + "/items/" + item),
        List.of(
            "/traces/" + traceId(1),
            "/scores/" + score,
            "/models/" + model,
            "/v2/prompts/p",
            "/datasets/d/runs/r",
            "/dataset-items/item",
            "/annotation-queues/" + queue + "/items/" + item));
  }
}
