package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.lenient;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsApiTest {
  private static final String RANGE =
      "'fromTimestamp':'2026-11-20T00:00:00Z','toTimestamp':'2026-11-23T00:00:00Z'";

  @TempDir private Path folder;
  private TestServer server;

  /**
   * Two traces on the 21st at 10:00: one with two generations of different models, one alone with
   * an error.
   */
  @BeforeEach
  void start() {
    server = TestServer.start(folder);
    server.ingest(
        new OtlpRequest()
            .span(1, 11, null, "chat", 0, 4000)
            .attribute("langfuse.user.id", "ada")
            .attribute("langfuse.trace.tags", "[\"a\",\"b\"]")
            .span(1, 12, 11, "ask", 0, 1000)
            .generation("gpt-4o", 1000, 100)
            .span(1, 13, 11, "ask", 1000, 4000)
            .generation("gpt-4o-mini", 500, 50)
            .span(2, 21, null, "job", 60_000, 60_500)
            .attribute("langfuse.user.id", "bob")
            .attribute("langfuse.observation.level", "ERROR"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private JsonNode v1(String query) {
    return server
        .json(
            "/api/public/metrics?query="
                + encode(("{" + query + "," + RANGE + "}").replace('\'', '"')))
        .get("data");
  }

  private JsonNode v2(String query) {
    return server
        .json(
            "/api/public/v2/metrics?query="
                + encode(("{" + query + "," + RANGE + "}").replace('\'', '"')))
        .get("data");
  }

  private HttpResponse<String> get(String query) {
    return server.get("/api/public/metrics?query=" + encode(query.replace('\'', '"')));
  }

  @Test
  void observations_byModel_countTokensCostAndLatencyInMilliseconds() {
    JsonNode rows =
        v1(
            "'view':'observations','dimensions':[{'field':'providedModelName'}],'metrics':["
                + "{'measure':'count','aggregation':'count'},"
                + "{'measure':'totalTokens','aggregation':'sum'},"
                + "{'measure':'totalCost','aggregation':'sum'},"
                + "{'measure':'latency','aggregation':'p95'}],"
                + "'filters':[{'type':'string','column':'type','operator':'=','value':'GENERATION'}],"
                + "'orderBy':[{'field':'sum_totalTokens','direction':'desc'}]");

    assertThat(rows)
        .isEqualTo(
            lenient(
                "[{'providedModelName':'gpt-4o','count_count':1,'sum_totalTokens':1100,'sum_totalCost':0.0035,'p95_latency':1000},"
                    + "{'providedModelName':'gpt-4o-mini','count_count':1,'sum_totalTokens':550,'sum_totalCost':0.000105,'p95_latency':3000}]"));
  }

  @Test
  void observations_byTool_countEachToolOnce() {
    server.ingest(
        new OtlpRequest()
            .span(5, 51, null, "tools", 0, 1000)
            .generation("gpt-4o", 1, 1)
            .attribute(
                "langfuse.observation.input",
                "{\"messages\":[],\"tools\":[{\"name\":\"look\"},{\"name\":\"find\"}]}")
            .attribute(
                "langfuse.observation.output",
                "{\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"find\"}},"
                    + "{\"id\":\"2\",\"function\":{\"name\":\"find\"}}]}"));

    assertThat(
            v2(
                "'view':'observations','dimensions':[{'field':'toolNames'}],'metrics':["
                    + "{'measure':'count','aggregation':'count'}],"
                    + "'orderBy':[{'field':'toolNames','direction':'asc'}]"))
        .isEqualTo(
            lenient("[{'toolNames':'find','count_count':1},{'toolNames':'look','count_count':1}]"));
    assertThat(
            v2(
                "'view':'observations','dimensions':[{'field':'calledToolNames'}],'metrics':["
                    + "{'measure':'count','aggregation':'count'}]"))
        .isEqualTo(lenient("[{'calledToolNames':'find','count_count':2}]"));
    assertThat(
            v1(
                "'view':'observations','dimensions':[],'metrics':["
                    + "{'measure':'toolDefinitions','aggregation':'sum'},"
                    + "{'measure':'toolCalls','aggregation':'max'}]"))
        .isEqualTo(lenient("[{'sum_toolDefinitions':2,'max_toolCalls':2}]"));
  }

  @Test
  void scores_byExperimentAndValue() {
    server.ingest(
        new OtlpRequest()
            .span(6, 61, null, "item", 0, 1000)
            .attribute("langfuse.experiment.id", "e")
            .attribute("langfuse.experiment.name", "first")
            .attribute("langfuse.experiment.item.id", "i"));
    server.send(
        200,
        "POST",
        "/api/public/scores",
        "{'traceId':'" + traceId(6) + "','name':'exact','value':1}");
    server.send(
        200, "POST", "/api/public/scores", "{'datasetRunId':'run','name':'mean','value':0.5}");
    String always = "'fromTimestamp':'2020-01-01T00:00:00Z','toTimestamp':'2100-01-01T00:00:00Z'";
    String query =
        "{'view':'scores-numeric','dimensions':[{'field':'experimentId'},{'field':'experimentName'},"
            + "{'field':'value'},{'field':'evaluatorId'}],"
            + "'metrics':[{'measure':'count','aggregation':'count'}],"
            + "'orderBy':[{'field':'experimentId','direction':'asc'}],"
            + always
            + "}";

    assertThat(parse(get(query).body()).get("data"))
        .isEqualTo(
            lenient(
                "[{'experimentId':'e','experimentName':'first','value':1,'evaluatorId':null,'count_count':1},"
                    + "{'experimentId':'run','experimentName':null,'value':0.5,'evaluatorId':null,'count_count':1}]"));
  }

  @Test
  void months_areToldApartAsMonths() {
    for (String field : List.of("startTimeMonth", "timestampMonth")) {
      String view = field.startsWith("start") ? "observations" : "traces";
      JsonNode rows =
          v1(
              "'view':'"
                  + view
                  + "','dimensions':[{'field':'"
                  + field
                  + "'}],'metrics':[{'measure':'count','aggregation':'count'}]");

      assertThat(rows.findValuesAsText(field)).containsExactly("2026-11");
    }
  }

  @Test
  void version2_groupsByNothingThatHasTooManyValues() {
    String rest = ",'metrics':[{'measure':'count','aggregation':'count'}]," + RANGE + "}";
    for (String field : List.of("id", "traceId", "userId", "sessionId", "parentObservationId")) {
      String query = "{'view':'observations','dimensions':[{'field':'" + field + "'}]" + rest;
      String encoded = encode(query.replace('\'', '"'));

      assertThat(server.get("/api/public/v2/metrics?query=" + encoded).statusCode()).isEqualTo(400);
      assertThat(server.get("/api/public/metrics?query=" + encoded).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void queryThatIsNone_isRefused() {
    String metrics = "'view':'observations','metrics':[{'measure':'count','aggregation':'count'}],";
    for (String refused :
        List.of(
            "nojson",
            "[]",
            "{"
                + metrics
                + "'fromTimestamp':'2026-01-02T00:00:00Z','toTimestamp':'2026-01-01T00:00:00Z'}",
            "{"
                + metrics
                + "'fromTimestamp':'2026-01-02T00:00:00Z','toTimestamp':'2026-01-02T00:00:00Z'}",
            "{" + metrics + RANGE + ",'orderBy':[{'field':'count_count','direction':'up'}]}")) {
      assertThat(get(refused).statusCode()).as(refused).isEqualTo(400);
    }
  }

  @Test
  void percentile_liesBetweenNeighbours() {
    JsonNode row =
        v1("'view':'observations','dimensions':[],'metrics':["
                + "{'measure':'latency','aggregation':'min'},"
                + "{'measure':'latency','aggregation':'p50'},"
                + "{'measure':'latency','aggregation':'p75'},"
                + "{'measure':'latency','aggregation':'avg'},"
                + "{'measure':'latency','aggregation':'max'}],'filters':[]")
            .get(0);

    // 500, 1000, 3000 and 4000
    assertThat(row)
        .isEqualTo(
            lenient(
                "{'min_latency':500,'p50_latency':2000,'p75_latency':3250,'avg_latency':2125,'max_latency':4000}"));
  }

  @Test
  void histogram_hasBinsOfEqualWidth() {
    JsonNode row =
        v1("'view':'observations','dimensions':[],'metrics':["
                + "{'measure':'latency','aggregation':'histogram'}],'filters':[],"
                + "'config':{'bins':2}")
            .get(0);

    assertThat(row.get("histogram_latency"))
        .isEqualTo(lenient("[[500.0,2250.0,2],[2250.0,4000.0,2]]"));
  }

  @Test
  void traces_byDay_areFilled() {
    JsonNode rows =
        v1(
            "'view':'traces','dimensions':[],'metrics':["
                + "{'measure':'count','aggregation':'count'},"
                + "{'measure':'latency','aggregation':'max'},"
                + "{'measure':'uniqueUserIds','aggregation':'uniq'}],'filters':[],"
                + "'timeDimension':{'granularity':'day'}");

    assertThat(rows)
        .isEqualTo(
            lenient(
                "[{'time_dimension':'2026-11-20','count_count':0,'max_latency':null,'uniq_uniqueUserIds':0},"
                    + "{'time_dimension':'2026-11-21','count_count':2,'max_latency':4000,'uniq_uniqueUserIds':2},"
                    + "{'time_dimension':'2026-11-22','count_count':0,'max_latency':null,'uniq_uniqueUserIds':0}]"));
  }

  @ParameterizedTest
  @CsvSource({
    "minute,2026-11-21T10:01:00Z",
    "hour,2026-11-21T10:00:00Z",
    "day,2026-11-21",
    "week,2026-11-16",
    "month,2026-11-01",
    "auto,2026-11-21"
  })
  void interval_ofTheSecondTrace(String granularity, String start) {
    JsonNode rows =
        v1(
            "'view':'traces','dimensions':[],'metrics':[{'measure':'count','aggregation':'count'}],"
                + "'filters':[{'type':'string','column':'name','operator':'=','value':'job'}],"
                + "'orderBy':[{'field':'time_dimension','direction':'desc'}],"
                + "'timeDimension':{'granularity':'"
                + granularity
                + "'}");

    assertThat(rows).hasSize(1);
    assertThat(rows.get(0).get("time_dimension").asText()).isEqualTo(start);
  }

  @Test
  void observations_filteredByTheirTrace() {
    String metrics = "'metrics':[{'measure':'count','aggregation':'count'}]";

    assertThat(
            v1(
                "'view':'observations','dimensions':[{'field':'userId'},{'field':'tags'}],"
                    + metrics
                    + ",'filters':[{'type':'arrayOptions','column':'tags','operator':'any"
                    + " of','value':['b']}]"))
        .isEqualTo(lenient("[{'userId':'ada','tags':['a','b'],'count_count':3}]"));
    assertThat(
            v1(
                "'view':'observations','dimensions':[],"
                    + metrics
                    + ",'filters':[{'type':'string','column':'userId','operator':'=','value':'bob'},{'type':'stringOptions','column':'level','operator':'any"
                    + " of','value':['ERROR']}]"))
        .isEqualTo(lenient("[{'count_count':1}]"));
  }

  @Test
  void v2_knowsTypesOfUsageAndShowsZeroes() {
    JsonNode rows =
        v2(
            "'view':'observations','dimensions':[{'field':'usageType'}],'metrics':["
                + "{'measure':'usageByType','aggregation':'sum'}],'filters':[],"
                + "'orderBy':[{'field':'usageType','direction':'asc'}]");

    assertThat(rows)
        .isEqualTo(
            lenient(
                "[{'usageType':'input','sum_usageByType':1500},{'usageType':'output','sum_usageByType':150},{'usageType':'total','sum_usageByType':1650}]"));
    assertThat(
            v2(
                "'view':'observations','dimensions':[],'metrics':["
                    + "{'measure':'totalCost','aggregation':'sum'}],"
                    + "'filters':[{'type':'string','column':'name','operator':'=','value':'none'}]"))
        .isEqualTo(lenient("[{'sum_totalCost':0}]"));
  }

  @Test
  void scores_byName_withTheirTraceAndObservation() {
    for (String score :
        new String[] {
          "{'name':'q','value':0.5,'traceId':'" + traceId(1) + "'}",
          "{'name':'q','value':1,'traceId':'"
              + traceId(1)
              + "','observationId':'"
              + spanId(12)
              + "'}",
          "{'name':'tone','value':'kind','traceId':'" + traceId(1) + "'}",
          "{'name':'ok','value':1,'dataType':'BOOLEAN','traceId':'" + traceId(2) + "'}"
        }) {
      server.send(200, "POST", "/api/public/scores", score);
    }
    String all = "'fromTimestamp':'2020-01-01T00:00:00Z','toTimestamp':'2100-01-01T00:00:00Z'";

    assertThat(
            scores(
                "'view':'scores-numeric','dimensions':[{'field':'name'},{'field':'traceName'}],"
                    + "'metrics':[{'measure':'value','aggregation':'avg'},{'measure':'count','aggregation':'count'}],"
                    + all))
        .isEqualTo(
            lenient(
                "[{'name':'ok','traceName':'job','avg_value':1,'count_count':1},"
                    + "{'name':'q','traceName':'chat','avg_value':0.75,'count_count':2}]"));
    assertThat(
            scores(
                "'view':'scores-numeric','dimensions':[{'field':'observationModelName'}],'metrics':[{'measure':'count','aggregation':'count'}],'filters':[{'type':'null','column':'observationId','operator':'is"
                    + " not null','value':''}],"
                    + all))
        .isEqualTo(lenient("[{'observationModelName':'gpt-4o','count_count':1}]"));
    assertThat(
            scores(
                "'view':'scores-categorical','dimensions':[{'field':'stringValue'}],"
                    + "'metrics':[{'measure':'count','aggregation':'count'}],"
                    + all))
        .isEqualTo(lenient("[{'stringValue':'kind','count_count':1}]"));
    assertThat(
            scores(
                "'view':'scores-boolean','dimensions':[{'field':'userId'}],"
                    + "'metrics':[{'measure':'value','aggregation':'avg'}],"
                    + all))
        .isEqualTo(lenient("[{'userId':'bob','avg_value':1}]"));
  }

  private JsonNode scores(String query) {
    return server
        .json("/api/public/metrics?query=" + encode(("{" + query + "}").replace('\'', '"')))
        .get("data");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "[]",
        "{'view':'apples','metrics':[{'measure':'count','aggregation':'count'}],RANGE}",
        "{'view':'traces','metrics':[],RANGE}",
        "{'view':'traces','metrics':[{'measure':'apples','aggregation':'count'}],RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'apples'}],RANGE}",
        "{'view':'traces','dimensions':[{'field':'1; DROP TABLE"
            + " trace'}],'metrics':[{'measure':'count','aggregation':'count'}],RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],'orderBy':[{'field':'id;"
            + " --','direction':'asc'}],RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],'config':{'row_limit':1001},RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],'config':{'bins':0},RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],'filters':[{'type':'string','column':'apples','operator':'=','value':'x'}],RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],'timeDimension':{'granularity':'year'},RANGE}",
        "{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}]}"
      })
  void query_invalid_isRefused(String query) {
    HttpResponse<String> response = get(query.replace("RANGE", RANGE));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }

  @Test
  void v2_doesNotKnowTraces() {
    HttpResponse<String> response =
        server.get(
            "/api/public/v2/metrics?query="
                + encode(
                    ("{'view':'traces','metrics':[{'measure':'count','aggregation':'count'}],"
                            + RANGE
                            + "}")
                        .replace('\'', '"')));

    assertThat(response.statusCode()).isEqualTo(400);
  }

  @Test
  void daily_showsEachDayModelByModel() {
    JsonNode page = server.json("/api/public/metrics/daily");

    assertThat(page.at("/meta/totalItems").asInt()).isEqualTo(1);
    JsonNode day = page.at("/data/0");
    assertThat(day.get("date").asText()).isEqualTo("2026-11-21");
    assertThat(day.get("countTraces").asInt()).isEqualTo(2);
    assertThat(day.get("countObservations").asInt()).isEqualTo(4);
    assertThat(day.get("totalCost").asDouble()).isEqualTo(0.003605);
    assertThat(day.get("usage"))
        .contains(
            lenient(
                "{'model':'gpt-4o','inputUsage':1000,'outputUsage':100,'totalUsage':1100,'totalCost':0.0035,'countObservations':1,'countTraces':1}"));
    assertThat(
            server.json("/api/public/metrics/daily?userId=bob").at("/data/0/countTraces").asInt())
        .isEqualTo(1);
  }
}
