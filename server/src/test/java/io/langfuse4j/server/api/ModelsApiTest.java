package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelsApiTest {
  private static final String MODELS = "/api/public/models";

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

  private HttpResponse<String> post(String json) {
    return server.post(
        MODELS, "application/json", json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode created(String json) {
    HttpResponse<String> response = post(json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return parse(response.body());
  }

  private HttpResponse<String> delete(String id) {
    return server.send(server.request(MODELS + "/" + id).DELETE());
  }

  @Test
  void create_flatPrices_answersTheWholeModel() {
    JsonNode model =
        created(
            "{'modelName':'mine','matchPattern':'(?i)^mine$','startDate':'2026-01-01T00:00:00Z',"
                + "'unit':'TOKENS','inputPrice':0.000002,'outputPrice':0.00001,"
                + "'tokenizerId':'openai','tokenizerConfig':{'tokenizerModel':'gpt-4'}}");

    String id = model.path("id").asText();
    ObjectNode expected =
        (ObjectNode)
            parse(
                ("{'id':'ID','modelName':'mine','matchPattern':'(?i)^mine$',"
                        + "'startDate':'2026-01-01T00:00:00.000Z','tokenizerId':'openai',"
                        + "'tokenizerConfig':{'tokenizerModel':'gpt-4'},'unit':'TOKENS',"
                        + "'inputPrice':0.000002,'outputPrice':0.00001,'totalPrice':null,"
                        + "'prices':{'input':{'price':0.000002},'output':{'price':0.00001}},"
                        + "'isLangfuseManaged':false,'pricingTiers':[{'id':'ID_tier_default',"
                        + "'name':'Standard','isDefault':true,'priority':0,'conditions':[],"
                        + "'prices':{'input':0.000002,'output':0.00001}}]}")
                    .replace('\'', '"')
                    .replace("ID", id));
    expected.set("createdAt", model.get("createdAt"));
    assertThat(model).isEqualTo(expected);
    assertThat(server.json(MODELS + "/" + id)).isEqualTo(model);
  }

  @Test
  void list_showsOursAndOwnByName() {
    created("{'modelName':'aaa','matchPattern':'^aaa$','totalPrice':1}");

    JsonNode page = server.json(MODELS + "?limit=2");

    assertThat(page.path("data").get(0).path("modelName").asText()).isEqualTo("aaa");
    assertThat(page.path("data").get(0).path("isLangfuseManaged").asBoolean()).isFalse();
    assertThat(page.path("data").get(1).path("isLangfuseManaged").asBoolean()).isTrue();
    assertThat(page.path("meta").path("totalItems").asInt()).isGreaterThan(150);
    assertThat(server.json(MODELS + "?limit=100&page=9").path("data")).isEmpty();
    assertThat(server.get(MODELS + "?limit=101").statusCode()).isEqualTo(400);
  }

  @Test
  void create_nameTaken_isRefused_alsoAfterARestart() {
    created("{'modelName':'mine','matchPattern':'^mine$','totalPrice':1}");
    server.close();
    server = TestServer.start(folder);

    HttpResponse<String> second =
        post("{'modelName':'mine','matchPattern':'^other$','totalPrice':1}");

    assertThat(second.statusCode()).isEqualTo(400);
    assertThat(parse(second.body()))
        .isEqualTo(
            parse(
                "{\"message\":\"Model name 'mine' already exists in project\","
                    + "\"error\":\"InvalidRequestError\"}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no json|expected object",
        "{'matchPattern':'x','totalPrice':1}|modelName",
        "{'modelName':'m','totalPrice':1}|matchPattern",
        "{'modelName':'m','matchPattern':'(','totalPrice':1}|not a valid regex",
        "{'modelName':'m','matchPattern':'x'}|Must provide either",
        "{'modelName':'m','matchPattern':'x','inputPrice':1,'totalPrice':1}|total price must be null",
        "{'modelName':'m','matchPattern':'x','inputPrice':-1}|Too small",
        "{'modelName':'m','matchPattern':'x','inputPrice':'1'}|expected number",
        "{'modelName':'m','matchPattern':'x','inputPrice':1e999}|not a price",
        "{'modelName':'m','matchPattern':'x','totalPrice':1,'unit':'APPLES'}|expected one of",
        "{'modelName':'m','matchPattern':'x','totalPrice':1,'startDate':'soon'}|Invalid ISO",
        "{'modelName':'m','matchPattern':'x','totalPrice':1,'pricingTiers':[{}]}|not both",
        "{'modelName':'m','matchPattern':'x','pricingTiers':[{'name':'a','priority':0,'conditions':[],'prices':{'input':1}}]}|isDefault",
        "{'modelName':'m','matchPattern':'x','pricingTiers':[{'name':'a','isDefault':true,'priority':1,'conditions':[],'prices':{'input':1}}]}|priority: 0",
        "{'modelName':'m','matchPattern':'x','pricingTiers':[{'name':'a','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}},{'name':'b','priority':1,'conditions':[],'prices':{'input':1}}]}|at least one condition",
        "{'modelName':'m','matchPattern':'x','pricingTiers':[{'name':'a','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}},{'name':'b','priority':1,'conditions':[{'usageDetailPattern':'(','operator':'gt','value':1}],'prices':{'input':1}}]}|Invalid regex",
        "{'modelName':'m','matchPattern':'x','pricingTiers':[{'name':'a','isDefault':true,'priority':0,'conditions':[],'prices':{'input':1}},{'name':'b','priority':1,'conditions':[{'usageDetailPattern':'i','operator':'gt','value':1}],'prices':{'output':1}}]}|same usage keys"
      })
  void create_invalid_isRefusedWithAReason(String body, String reason) {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains(reason);
  }

  @Test
  void delete_ownIsDeleted_oursIsNot() {
    String id =
        created("{'modelName':'mine','matchPattern':'^mine$','totalPrice':1}").path("id").asText();

    HttpResponse<String> deleted = delete(id);

    assertThat(deleted.statusCode()).isEqualTo(200);
    assertThat(deleted.body()).isEqualTo("{\"message\":\"Model successfully deleted\"}");
    HttpResponse<String> gone = server.get(MODELS + "/" + id);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(parse(gone.body()))
        .isEqualTo(
            parse(
                "{\"message\":\"No model with this id found.\","
                    + "\"error\":\"LangfuseNotFoundError\"}"));
    assertThat(delete(id).statusCode()).isEqualTo(404);
    assertThat(delete("gpt-4o").statusCode()).isEqualTo(404);
    assertThat(server.get(MODELS + "/gpt-4o").statusCode()).isEqualTo(200);
  }

  @Test
  void cost_isShownInEveryRead() {
    server.ingest(
        OtlpRequest.root(1, 11, "run").child(1, 12, 11, "ask").generation("gpt-4o", 1000, 100));

    JsonNode one = server.json("/api/public/observations/" + spanId(12));
    assertThat(one.path("modelId").asText()).isEqualTo("gpt-4o");
    assertThat(one.path("costDetails"))
        .isEqualTo(parse("{\"input\":0.0025,\"output\":0.001,\"total\":0.0035}"));
    assertThat(one.path("calculatedInputCost").asDouble()).isEqualTo(0.0025);
    assertThat(one.path("calculatedOutputCost").asDouble()).isEqualTo(0.001);
    assertThat(one.path("calculatedTotalCost").asDouble()).isEqualTo(0.0035);
    assertThat(one.path("inputPrice").asDouble()).isEqualTo(0.0000025);
    assertThat(one.path("outputPrice").asDouble()).isEqualTo(0.00001);
    assertThat(one.path("totalPrice").isNull()).isTrue();
    assertThat(one.path("usagePricingTierId").asText()).isEqualTo("gpt-4o_standard");
    assertThat(one.path("usagePricingTierName").asText()).isEqualTo("Standard");

    JsonNode listed = server.json("/api/public/observations?type=GENERATION").path("data").get(0);
    assertThat(listed.path("calculatedTotalCost").asDouble()).isEqualTo(0.0035);
    assertThat(listed.path("usagePricingTierName").isNull()).isTrue();

    JsonNode trace = server.json("/api/public/traces/" + traceId(1));
    assertThat(trace.path("totalCost").asDouble()).isEqualTo(0.0035);
    assertThat(trace.path("observations").get(1).path("totalPrice").asInt(-1)).isZero();
    assertThat(server.json("/api/public/traces").path("data").get(0).path("totalCost").asDouble())
        .isEqualTo(0.0035);

    JsonNode v2 =
        server
            .json("/api/public/v2/observations?type=GENERATION&fields=model,usage")
            .path("data")
            .get(0);
    assertThat(v2.path("totalCost").asDouble()).isEqualTo(0.0035);
    assertThat(v2.path("internalModelId").asText()).isEqualTo("gpt-4o");
    assertThat(v2.path("inputPrice").asText()).isEqualTo("0.0000025");

    JsonNode viewed = server.json("/api/viewer/traces").path("data").get(0);
    assertThat(viewed.path("totalCost").asDouble()).isEqualTo(0.0035);
  }

  @Test
  void ownModel_overridesOursFromThenOn() {
    server.ingest(OtlpRequest.root(1, 11, "before").generation("gpt-4o", 1000, 100));
    created(
        "{'modelName':'gpt-4o','matchPattern':'(?i)^gpt-4o$','inputPrice':0.001,'outputPrice':0}");
    server.ingest(OtlpRequest.root(2, 21, "after").generation("gpt-4o", 1000, 100));

    assertThat(totalCost(11)).isEqualTo(0.0035);
    assertThat(totalCost(21)).isEqualTo(1.0);

    // What is sent again without a change stays; what changes is charged anew.
    server.ingest(OtlpRequest.root(1, 11, "before").generation("gpt-4o", 1000, 100));
    assertThat(totalCost(11)).isEqualTo(0.0035);
    server.ingest(OtlpRequest.root(1, 11, "before").generation("gpt-4o", 2000, 100));
    assertThat(totalCost(11)).isEqualTo(2.0);
    assertThat(server.json("/api/public/traces/" + traceId(1)).path("totalCost").asDouble())
        .isEqualTo(2.0);
  }

  private double totalCost(int span) {
    return server
        .json("/api/public/observations/" + spanId(span))
        .path("calculatedTotalCost")
        .asDouble();
  }

  @Test
  void metadata_longNumbersKeepTheirDigits() {
    server.ingest(
        OtlpRequest.root(1, 11, "run")
            .attribute("langfuse.observation.metadata.order", "12345678901234567890")
            .attribute("langfuse.observation.metadata.edge", "9007199254740991")
            .attribute("langfuse.observation.metadata.past", "9007199254740993")
            .attribute("langfuse.observation.metadata.pi", "3.141592653589793238462643")
            .attribute("langfuse.observation.metadata.small", "1.5"));

    JsonNode metadata = server.json("/api/public/observations/" + spanId(11)).path("metadata");

    assertThat(metadata.get("order")).isEqualTo(parse("\"12345678901234567890\""));
    assertThat(metadata.get("edge")).isEqualTo(parse("9007199254740991"));
    assertThat(metadata.get("past")).isEqualTo(parse("\"9007199254740993\""));
    assertThat(metadata.get("pi")).isEqualTo(parse("\"3.141592653589793238462643\""));
    assertThat(metadata.get("small")).isEqualTo(parse("1.5"));
  }

  @Test
  void event_showsNoEndInTheOldApi() {
    server.ingest(OtlpRequest.root(1, 11, "now").attribute("langfuse.observation.type", "event"));

    JsonNode event = server.json("/api/public/observations/" + spanId(11));

    assertThat(event.path("type").asText()).isEqualTo("EVENT");
    assertThat(event.path("endTime").isNull()).isTrue();
    assertThat(event.path("latency").isNull()).isTrue();
  }
}
