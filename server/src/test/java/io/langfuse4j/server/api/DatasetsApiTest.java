package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.START;
import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsApiTest {
  private static final String API = "/api/public";
  private static final String ITEMS = API + "/dataset-items";
  private static final String RUN_ITEMS = API + "/dataset-run-items";

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

  private JsonNode post(String path, String json) {
    return server.send(200, "POST", path, json);
  }

  private JsonNode dataset(String name) {
    return post(API + "/v2/datasets", "{'name':'" + name + "'}");
  }

  private JsonNode item(String json) {
    return post(ITEMS, json);
  }

  private static ObjectNode withTimes(ObjectNode expected, JsonNode actual) {
    for (String field : List.of("createdAt", "updatedAt")) {
      assertThat(actual.path(field).asText()).endsWith("Z");
      expected.set(field, actual.get(field));
    }
    return expected;
  }

  @Test
  void dataset_isMadeThenChangedByItsName() {
    JsonNode made =
        post(
            API + "/v2/datasets",
            "{'name':'a/b','description':'first','metadata':{'k':1},"
                + "'inputSchema':{'type':'object'}}");

    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'id':'%s','projectId':'local','name':'a/b','description':'first','metadata':{'k':1},'inputSchema':{'type':'object'},'expectedOutputSchema':null}"
                    .formatted(made.get("id").asText()));
    assertThat(made).isEqualTo(withTimes(expected, made));
    assertThat(server.json(API + "/v2/datasets/a%2Fb")).isEqualTo(made);

    JsonNode changed =
        post(API + "/v2/datasets", "{'name':'a/b','description':'second','metadata':null}");
    expected.put("description", "second");
    assertThat(changed).isEqualTo(withTimes(expected, changed));
    assertThat(server.json(API + "/v2/datasets").path("data")).containsExactly(changed);
    assertThat(server.json(API + "/v2/datasets").at("/meta/totalItems").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "/v2/datasets/none;Dataset not found",
        "/datasets/none;Dataset not found",
        "/datasets/none/runs;Dataset not found",
        "/datasets/none/runs/r;Dataset run not found",
        "/dataset-items?datasetName=none;Dataset not found",
        "/dataset-items/none;Dataset item not found",
        "/dataset-run-items?datasetId=none&runName=r;Dataset run not found for the given project"
            + " and dataset id"
      })
  void get_unknown_isNotFound(String path, String message) {
    HttpResponse<String> response = server.get(API + path);

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(parse(response.body()))
        .isEqualTo(lenient("{'message':'" + message + "','error':'LangfuseNotFoundError'}"));
  }

  @Test
  void item_isMadeChangedAndDeleted() {
    String dataset = dataset("d").get("id").asText();
    JsonNode made =
        item(
            "{'datasetName':'d','id':'one','input':{'q':'?'},'expectedOutput':'yes',"
                + "'metadata':[1],'sourceTraceId':'t','sourceObservationId':'o'}");

    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'id':'one','datasetId':'%s','datasetName':'d','status':'ACTIVE','sourceTraceId':'t','sourceObservationId':'o','input':{'q':'?'},'expectedOutput':'yes','metadata':[1],'mediaReferences':[]}"
                    .formatted(dataset));
    assertThat(made).isEqualTo(withTimes(expected, made));

    JsonNode changed = item("{'datasetName':'d','id':'one','input':2,'status':'ARCHIVED'}");
    expected.put("input", 2).put("status", "ARCHIVED");
    assertThat(changed).isEqualTo(withTimes(expected, changed));
    assertThat(changed.get("createdAt")).isEqualTo(made.get("createdAt"));
    assertThat(server.json(ITEMS + "/one")).isEqualTo(changed);
    assertThat(server.json(ITEMS + "?datasetName=d").get("data")).as("archived").isEmpty();
    JsonNode active = item("{'datasetName':'d','id':'one','status':'ACTIVE'}");
    assertThat(server.json(ITEMS + "?datasetName=d").get("data")).containsExactly(active);
    assertThat(server.json(ITEMS + "?sourceTraceId=t").get("data")).hasSize(1);
    assertThat(server.json(ITEMS + "?sourceTraceId=x").get("data")).isEmpty();

    assertThat(server.send(200, "DELETE", ITEMS + "/one", ""))
        .isEqualTo(lenient("{'message':'Dataset item successfully deleted'}"));
    assertThat(server.get(ITEMS + "/one").statusCode()).isEqualTo(404);
    assertThat(server.send("DELETE", ITEMS + "/one", "").statusCode()).isEqualTo(404);

    JsonNode again = item("{'datasetName':'d','id':'one','input':3}");
    assertThat(again.get("expectedOutput").isNull()).isTrue();
    assertThat(server.json(ITEMS).at("/meta/totalItems").asInt()).isEqualTo(1);
  }

  @Test
  void items_ofAnEarlierTime_areAsTheyWereThen() {
    dataset("d");
    String first = item("{'datasetName':'d','id':'a','input':1}").get("updatedAt").asText();
    JsonNode second = item("{'datasetName':'d','id':'a','input':2}");
    server.send(200, "DELETE", ITEMS + "/a", "");
    JsonNode other = item("{'datasetName':'d','id':'b','input':3}");

    assertThat(inputs("&version=" + first)).containsExactly(1);
    assertThat(inputs("&version=" + second.get("updatedAt").asText())).containsExactly(2);
    assertThat(inputs("&version=" + other.get("updatedAt").asText())).containsExactly(3);
    assertThat(inputs("&version=2020-01-01T00:00:00Z")).isEmpty();
    assertThat(inputs("")).containsExactly(3);
    assertThat(server.get(ITEMS + "?version=" + first).statusCode()).isEqualTo(400);
  }

  private List<Integer> inputs(String query) {
    List<Integer> inputs = new ArrayList<>();
    server
        .json(ITEMS + "?datasetName=d" + query)
        .get("data")
        .forEach(item -> inputs.add(item.get("input").asInt()));
    return inputs;
  }

  @Test
  void item_idOfAnotherDataset_isRefused() {
    dataset("d");
    dataset("e");
    item("{'datasetName':'d','id':'a'}");

    HttpResponse<String> refused = server.send("POST", ITEMS, "{'datasetName':'e','id':'a'}");

    assertThat(refused.statusCode()).isEqualTo(404);
    assertThat(refused.body()).contains("already exists in a dataset other than e");
  }

  @Test
  void item_againstTheSchema_isRefused() {
    post(
        API + "/v2/datasets",
        "{'name':'d','inputSchema':{'type':'object','required':['q'],"
            + "'properties':{'q':{'type':'string'}}}}");

    HttpResponse<String> refused =
        server.send("POST", ITEMS, "{'datasetName':'d','input':{'q':1}}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("validation failed for input").contains("string");
    item("{'datasetName':'d','input':{'q':'ok'}}");

    assertThat(
            server
                .send("POST", API + "/v2/datasets", "{'name':'x','inputSchema':{'type':7}}")
                .statusCode())
        .isEqualTo(400);
  }

  @Test
  void schema_thatRefersElsewhere_isNotFetched() {
    HttpResponse<String> response =
        server.send(
            "POST",
            API + "/v2/datasets",
            "{'name':'x','inputSchema':{'$ref':'" + server.url() + "/api/public/health'}}");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("no valid JSON schema");
  }

  @Test
  void run_growsWithItsItems() {
    String dataset = dataset("d").get("id").asText();
    item("{'datasetName':'d','id':'a'}");
    item("{'datasetName':'d','id':'b'}");
    server.ingest(OtlpRequest.root(2, 21, "by observation"));

    JsonNode first =
        post(
            RUN_ITEMS,
            "{'runName':'r/1','datasetItemId':'a','traceId':'%s','runDescription':'one','metadata':{'k':1}}"
                .formatted(traceId(1)));
    JsonNode second =
        post(
            RUN_ITEMS,
            "{'runName':'r/1','datasetItemId':'b','observationId':'%s','metadata':{'l':2}}"
                .formatted(spanId(21)));

    ObjectNode expected =
        (ObjectNode)
            lenient(
                "{'id':'%s','datasetRunId':'%s','datasetRunName':'r/1','datasetItemId':'b','traceId':'%s','observationId':'%s'}"
                    .formatted(
                        second.get("id").asText(),
                        first.get("datasetRunId").asText(),
                        traceId(2),
                        spanId(21)));
    assertThat(second).isEqualTo(withTimes(expected, second));

    JsonNode run = server.json(API + "/datasets/d/runs/r%2F1");
    ObjectNode expectedRun =
        (ObjectNode)
            lenient(
                "{'id':'%s','name':'r/1','description':'one','metadata':{'k':1,'l':2},'datasetId':'%s','datasetName':'d'}"
                    .formatted(first.get("datasetRunId").asText(), dataset));
    withTimes(expectedRun, run);
    assertThat(server.json(API + "/datasets/d/runs").get("data")).containsExactly(expectedRun);
    expectedRun.putArray("datasetRunItems").add(second).add(first);
    assertThat(run).isEqualTo(expectedRun);

    JsonNode page = server.json(RUN_ITEMS + "?datasetId=" + dataset + "&runName=r%2F1&limit=1");
    assertThat(page.get("data")).containsExactly(second);
    assertThat(page.at("/meta/totalItems").asInt()).isEqualTo(2);

    assertThat(server.send(200, "DELETE", API + "/datasets/d/runs/r%2F1", ""))
        .isEqualTo(lenient("{'message':'Dataset run successfully deleted'}"));
    assertThat(server.get(API + "/datasets/d/runs/r%2F1").statusCode()).isEqualTo(404);
    assertThat(server.json(API + "/datasets/d/runs").get("data")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{'runName':'r','datasetItemId':'none','traceId':'t'};404;Dataset item not found",
        "{'runName':'r','datasetItemId':'old','traceId':'t'};404;Dataset item not found",
        "{'runName':'r','datasetItemId':'a'};404;Trace not found",
        "{'runName':'r','datasetItemId':'a','observationId':'none'};404;Observation not found",
        "{'datasetItemId':'a','traceId':'t'};400;runName",
        "{'runName':'r','traceId':'t'};400;datasetItemId"
      })
  void run_itemThatCannotBe_isRefused(String body, int status, String reason) {
    dataset("d");
    item("{'datasetName':'d','id':'a'}");
    item("{'datasetName':'d','id':'old','status':'ARCHIVED'}");

    HttpResponse<String> response = server.send("POST", RUN_ITEMS, body);

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(response.body()).contains(reason);
    assertThat(server.json(API + "/datasets/d/runs").get("data")).isEmpty();
  }

  @Test
  void olderForm_embedsItemsAndRuns() {
    assertThat(post(API + "/datasets", "{'name':'d'}").get("items")).isEmpty();
    JsonNode item = item("{'datasetName':'d','id':'a'}");
    item("{'datasetName':'d','id':'old','status':'ARCHIVED'}");
    post(RUN_ITEMS, "{'runName':'r','datasetItemId':'a','traceId':'t'}");

    JsonNode one = server.json(API + "/datasets/d");
    assertThat(one.get("items")).containsExactly(item);
    assertThat(one.get("runs")).isEqualTo(lenient("['r']"));
    JsonNode listed = server.json(API + "/datasets").at("/data/0");
    assertThat(listed.get("items")).isEqualTo(lenient("['a']"));
    assertThat(listed.get("runs")).isEqualTo(lenient("['r']"));
  }

  @Test
  void experiments_areFiltered() {
    OtlpRequest spans = new OtlpRequest();
    for (int i = 1; i <= 3; i++) {
      experimentItem(spans, i, i < 3 ? "exp-1" : "exp-2");
    }
    server.ingest(spans);

    assertThat(filtered("/experiments", "id", "any of", "['exp-1','x']")).containsExactly("exp-1");
    assertThat(filtered("/experiments", "name", "none of", "['named exp-1']"))
        .containsExactly("exp-2");
    assertThat(filtered("/experiments", "datasetId", "any of", "['ds']")).hasSize(2);
    assertThat(filtered("/experiment-items", "experimentItemId", "any of", "['item-1','item-3']"))
        .containsExactly(spanId(30), spanId(10));
    assertThat(filtered("/experiment-items", "experimentName", "any of", "['named exp-2']"))
        .containsExactly(spanId(30));
    for (String refused :
        List.of(
            "/experiments?scoreLimit=0&fromStartTime=" + START,
            "/experiments?scoreLimit=51&fromStartTime=" + START,
            "/experiments?filter=nojson&fromStartTime=" + START,
            filter("/experiments", "experimentId", "any of", "['x']"),
            filter("/experiment-items", "id", "any of", "['x']"))) {
      assertThat(server.get(API + refused).statusCode()).as(refused).isEqualTo(400);
    }
  }

  private List<String> filtered(String path, String column, String operator, String value) {
    return server.json(API + filter(path, column, operator, value)).findValuesAsText("id");
  }

  private static String filter(String path, String column, String operator, String value) {
    String filter =
        "[{'type':'stringOptions','column':'%s','operator':'%s','value':%s}]"
            .formatted(column, operator, value)
            .replace('\'', '"');
    return path + "?fromStartTime=" + START + "&filter=" + encode(filter);
  }

  @Test
  void experiments_areReadFromObservations() {
    OtlpRequest spans = new OtlpRequest();
    for (int i = 1; i <= 3; i++) {
      experimentItem(spans, i, i < 3 ? "exp-1" : "exp-2");
    }
    server.ingest(spans);
    post(API + "/scores", "{'id':'s','name':'mean','value':0.5,'datasetRunId':'exp-1'}");
    String from = "?fromStartTime=2026-01-01T00:00:00Z";

    JsonNode page = server.json(API + "/experiments" + from + "&limit=1");
    assertThat(page.get("data"))
        .containsExactly(
            lenient(
                "{'id':'exp-2','name':'named"
                    + " exp-2','description':null,'startTime':'2026-11-21T10:00:03.000Z','endTime':'2026-11-21T10:00:03.500Z','itemCount':1,'datasetId':'ds'}"));
    JsonNode next =
        server.json(
            API
                + "/experiments"
                + from
                + "&fields=core,metadata,scores&cursor="
                + page.at("/meta/cursor").asText());
    assertThat(next.get("data")).hasSize(1);
    assertThat(next.at("/data/0/itemCount").asInt()).isEqualTo(2);
    assertThat(next.at("/data/0/metadata")).isEqualTo(lenient("{'k':1}"));
    assertThat(next.at("/data/0/scores/0/name").asText()).isEqualTo("mean");
    assertThat(next.get("meta")).isEmpty();

    JsonNode items =
        server.json(
            API + "/experiment-items" + from + "&experimentId=exp-1&fields=core,dataset,io");
    assertThat(items.get("data")).hasSize(2);
    assertThat(items.at("/data/0"))
        .isEqualTo(
            lenient(
                "{'id':'%s','traceId':'%s','startTime':'2026-11-21T10:00:02.000Z','endTime':'2026-11-21T10:00:02.500Z','level':'DEFAULT','environment':'default','experimentId':'exp-1','experimentName':'named exp-1','experimentItemId':'item-2','experimentDatasetId':'ds','experimentItemVersion':null,'input':{'q':2},'output':null,'expectedOutput':'yes'}"
                    .formatted(spanId(20), traceId(2))));
    assertThat(server.json(API + "/experiments?fromStartTime=2100-01-01T00:00:00Z"))
        .isEqualTo(lenient("{'data':[],'meta':{}}"));
    assertThat(server.get(API + "/experiments").statusCode()).isEqualTo(400);

    server.send(200, "DELETE", API + "/traces/" + traceId(3), "");
    assertThat(server.json(API + "/experiments" + from).get("data")).hasSize(1);
  }

  private static void experimentItem(OtlpRequest spans, int i, String experiment) {
    spans
        .span(i, i * 10, null, "item", i * 1000L, i * 1000L + 500)
        .attribute("langfuse.experiment.id", experiment)
        .attribute("langfuse.experiment.name", "named " + experiment)
        .attribute("langfuse.experiment.metadata", "{\"k\":1}")
        .attribute("langfuse.experiment.dataset.id", "ds")
        .attribute("langfuse.experiment.item.id", "item-" + i)
        .attribute("langfuse.experiment.item.expected_output", "yes")
        .attribute("langfuse.experiment.item.root_observation_id", spanId(i * 10))
        .attribute("langfuse.observation.input", "{\"q\":" + i + "}");
  }
}
