package io.langfuse4j.server.api;

import static io.langfuse4j.server.OtlpRequest.spanId;
import static io.langfuse4j.server.OtlpRequest.traceId;
import static io.langfuse4j.server.TestServer.encode;
import static io.langfuse4j.server.TestServer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Langfuse's filter language: each column with each type that it takes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FiltersTest {
  private static final String API = "/api/public";
  private static final int LETTERS = 10;

  private TestServer server;

  /**
   * Traces 1 to 3 with roots 11, 12 and 13, which each ask a model in 21, 22 and 23. Trace 1 is the
   * richest, trace 3 has hardly anything.
   */
  @BeforeAll
  void fill(@TempDir Path folder) {
    server = TestServer.start(folder);
    server.ingest(
        root(1)
            .attribute("langfuse.user.id", "ada")
            .attribute("langfuse.session.id", "s1")
            .attribute("langfuse.trace.tags", "[\"red\",\"hot\"]")
            .attribute("langfuse.environment", "prod")
            .attribute("langfuse.release", "r1")
            .attribute("langfuse.version", "v1")
            .attribute("langfuse.observation.input", "Why is the SKY blue?")
            .attribute("langfuse.observation.metadata.region", "eu")
            .attribute("langfuse.observation.metadata.depth", "12")
            .attribute("langfuse.observation.metadata.cached", "true")
            .attribute("langfuse.experiment.id", "e1")
            .attribute("langfuse.experiment.name", "first")
            .attribute("langfuse.experiment.dataset.id", "d1")
            .attribute("langfuse.experiment.item.id", "i1")
            .attribute("langfuse.experiment.item.root_observation_id", spanId(11))
            .child(1, 21, 11, "ask")
            .generation("gpt-4o", 10, 5)
            .attribute("langfuse.observation.level", "WARNING")
            .attribute("langfuse.observation.status_message", "slow")
            .attribute("langfuse.observation.completion_start_time", "2026-11-21T10:00:00.300Z")
            .attribute("langfuse.observation.prompt.name", "greeting")
            .attribute(
                "langfuse.observation.input",
                "{\"messages\":[],\"tools\":[{\"name\":\"look\"},{\"name\":\"find\"}]}")
            .attribute(
                "langfuse.observation.output",
                "{\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"find\"}}]}"));
    server.ingest(
        root(2)
            .attribute("langfuse.user.id", "bob")
            .attribute("langfuse.trace.tags", "[\"red\"]")
            .attribute("langfuse.observation.metadata.depth", "3")
            .child(2, 22, 12, "ask")
            .generation("gpt-4o-mini", 100, 50));
    server.ingest(root(3).child(3, 23, 13, "ask"));
    score(1, 21, "quality", "0.9", "NUMERIC");
    score(2, 22, "quality", "0.1", "NUMERIC");
    score(1, null, "overall", "0.8", "NUMERIC");
    score(1, 21, "tone", "'kind'", "CATEGORICAL");
    score(1, 21, "tone", "'short'", "CATEGORICAL");
    score(2, 22, "tone", "'rude'", "CATEGORICAL");
    score(2, null, "mood", "'fine'", "CATEGORICAL");
    score(1, 21, "right", "1", "BOOLEAN");
    score(2, 22, "right", "0", "BOOLEAN");
    score(1, null, "done", "1", "BOOLEAN");
    comment("TRACE", traceId(1), "Look at this");
    comment("TRACE", traceId(1), "And again");
    comment("OBSERVATION", spanId(22), "Odd");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static OtlpRequest root(int number) {
    return new OtlpRequest()
        .span(number, LETTERS + number, null, "root" + number, 0, 1000 * number)
        .attribute("langfuse.trace.name", "trace" + number);
  }

  private void score(int trace, Integer span, String name, String value, String type) {
    String observation = span == null ? "" : ",'observationId':'" + spanId(span) + "'";
    server.send(
        200,
        "POST",
        API + "/scores",
        "{'traceId':'%s'%s,'name':'%s','value':%s,'dataType':'%s'}"
            .formatted(traceId(trace), observation, name, value, type));
  }

  private void comment(String type, String id, String content) {
    server.send(
        200,
        "POST",
        API + "/comments",
        "{'projectId':'local','objectType':'%s','objectId':'%s','content':'%s'}"
            .formatted(type, id, content));
  }

  private HttpResponse<String> list(
      String path, String type, String column, String key, String operator, String value) {
    String keyed = key == null ? "" : ",\"key\":\"" + key + "\"";
    String filter =
        "[{\"type\":\"%s\",\"column\":\"%s\"%s,\"operator\":\"%s\",\"value\":%s}]"
            .formatted(type, column, keyed, operator, value.replace('\'', '"'));
    return server.get(API + path + "?filter=" + encode(filter));
  }

  /** The last digits of the ids that are found, in their order. */
  private static String numbers(HttpResponse<String> response, int digits) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    TreeSet<String> numbers = new TreeSet<>();
    for (JsonNode found : parse(response.body()).get("data")) {
      String id = found.get("id").asText();
      numbers.add(Integer.valueOf(id.substring(id.length() - digits), 16).toString());
    }
    return numbers.isEmpty() ? "none" : String.join(" ", numbers);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          datetime        | timestamp        | -       | >=               | '2026-11-21T10:00:00Z'      | 1 2 3
          datetime        | timestamp        | -       | <                | '2026-11-21T11:00:00+01:00' | none
          string          | userId           | -       | =                | 'ada'                       | 1
          string          | userId           | -       | contains         | 'o'                         | 2
          string          | userId           | -       | does not contain | 'o'                         | 1 3
          string          | traceName        | -       | starts with      | 'trace'                     | 1 2 3
          string          | traceName        | -       | ends with        | '2'                         | 2
          string          | version          | -       | =                | 'v1'                        | 1
          string          | release          | -       | =                | 'r1'                        | 1
          stringOptions   | sessionId        | -       | any of           | ['s1']                      | 1
          stringOptions   | environment      | -       | none of          | ['prod']                    | 2 3
          stringOptions   | level            | -       | any of           | ['WARNING']                 | 1
          arrayOptions    | traceTags        | -       | any of           | ['hot','x']                 | 1
          arrayOptions    | traceTags        | -       | all of           | ['hot','red']               | 1
          arrayOptions    | tags             | -       | none of          | ['hot']                     | 2 3
          stringObject    | metadata         | region  | =                | 'eu'                        | 1
          stringObject    | metadata         | region  | does not contain | 'eu'                        | 2 3
          numberObject    | metadata         | depth   | >                | 5                           | 1
          numberObject    | metadata         | region  | <                | 5                           | none
          booleanObject   | metadata         | cached  | =                | true                        | 1
          categoryOptions | metadata         | region  | any of           | ['eu','us']                 | 1
          numberObject    | scores_avg       | quality | >                | 0.5                         | 1
          numberObject    | scores_avg       | overall | >=               | 0.8                         | 1
          numberObject    | scores           | quality | <                | 0.5                         | 2
          categoryOptions | score_categories | tone    | any of           | ['kind','rude']             | 1 2
          categoryOptions | score_categories | tone    | none of          | ['kind']                    | 2 3
          booleanObject   | score_booleans   | right   | =                | true                        | 1
          booleanObject   | score_booleans   | right   | =                | false                       | 2
          booleanObject   | score_booleans   | right   | <>               | true                        | 2 3
          boolean         | bookmarked       | -       | =                | false                       | 1 2 3
          null            | userId           | -       | is null          | ''                          | 3
          null            | userId           | -       | is not null      | ''                          | 1 2
          number          | latency          | -       | >=               | 2                           | 2 3
          number          | totalTokens      | -       | >                | 15                          | 2
          number          | inputTokens      | -       | =                | 10                          | 1
          number          | outputTokens     | -       | <=               | 5                           | 1
          number          | tokens           | -       | =                | 150                         | 2
          number          | totalCost        | -       | >                | 0                           | 1 2
          number          | warningCount     | -       | >=               | 1                           | 1
          number          | errorCount       | -       | =                | 0                           | 1 2 3
          number          | defaultCount     | -       | =                | 2                           | 2 3
          number          | commentCount     | -       | >=               | 2                           | 1
          number          | commentCount     | -       | =                | 0                           | 2 3
          string          | commentContent   | -       | contains         | 'again'                     | 1
          string          | commentContent   | -       | does not contain | 'again'                     | 2 3
          null            | evaluatorId      | -       | is null          | ''                          | 1 2 3
          string          | ruleId           | -       | =                | 'x'                         | none
          """)
  void traces(
      String type, String column, String key, String operator, String value, String expected) {
    assertThat(numbers(list("/traces", type, column, key, operator, value), 2)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          string          | id                       | -       | ends with        | '15'                           | 21
          string          | traceId                  | -       | ends with        | '1'                            | 11 21
          string          | name                     | -       | =                | 'ask'                          | 21 22 23
          stringOptions   | type                     | -       | any of           | ['GENERATION']                 | 21 22
          null            | parentObservationId      | -       | is null          | ''                             | 11 12 13
          stringOptions   | traceName                | -       | any of           | ['trace3']                     | 13 23
          string          | userId                   | -       | =                | 'ada'                          | 11 21
          string          | traceEnvironment         | -       | =                | 'prod'                         | 11 21
          string          | sessionId                | -       | =                | 's1'                           | 11 21
          stringOptions   | environment              | -       | any of           | ['prod']                       | 11
          datetime        | startTime                | -       | >                | '2026-11-21T10:00:00.050Z'     | 21 22 23
          datetime        | endTime                  | -       | >=               | '2026-11-21T10:00:02Z'         | 12 13
          number          | timeToFirstToken         | -       | >                | 0                              | 21
          number          | latency                  | -       | >                | 1                              | 12 13
          number          | tokensPerSecond          | -       | >                | 50                             | 22
          number          | inputCost                | -       | >                | 0                              | 21 22
          number          | totalTokens              | -       | =                | 15                             | 21
          stringOptions   | level                    | -       | any of           | ['WARNING']                    | 21
          string          | statusMessage            | -       | contains         | 'slow'                         | 21
          stringOptions   | providedModelName        | -       | any of           | ['gpt-4o']                     | 21
          string          | model                    | -       | starts with      | 'gpt-4o'                       | 21 22
          string          | modelId                  | -       | =                | 'gpt-4o'                       | 21
          string          | promptName               | -       | =                | 'greeting'                     | 21
          arrayOptions    | traceTags                | -       | all of           | ['hot','red']                  | 11 21
          stringObject    | metadata                 | region  | =                | 'eu'                           | 11
          numberObject    | metadata                 | depth   | <                | 5                              | 12
          numberObject    | scores_avg               | quality | <                | 0.5                            | 22
          numberObject    | scores_avg               | overall | >                | 0                              | none
          numberObject    | trace_scores_avg         | overall | >                | 0                              | 11 21
          numberObject    | trace_scores_avg         | quality | >                | 0                              | none
          categoryOptions | score_categories         | tone    | any of           | ['short']                      | 21
          categoryOptions | score_categories         | tone    | none of          | ['kind','rude']                | 11 12 13 23
          categoryOptions | trace_score_categories   | mood    | any of           | ['fine']                       | 12 22
          booleanObject   | score_booleans           | right   | =                | false                          | 22
          booleanObject   | trace_score_booleans     | done    | =                | true                           | 11 21
          booleanObject   | trace_score_booleans     | done    | <>               | true                           | 12 13 22 23
          arrayOptions    | toolNames                | -       | any of           | ['look']                       | 21
          arrayOptions    | toolNames                | -       | all of           | ['look','find']                | 21
          arrayOptions    | calledToolNames          | -       | any of           | ['look']                       | none
          arrayOptions    | calledToolNames          | -       | none of          | ['find']                       | 11 12 13 22 23
          number          | toolDefinitions          | -       | =                | 2                              | 21
          number          | toolCalls                | -       | >=               | 1                              | 21
          string          | input                    | -       | contains         | 'SKY'                          | 11
          string          | input                    | -       | contains         | 'sky'                          | none
          string          | output                   | -       | starts with      | '{'                            | 21
          boolean         | hasInput                 | -       | =                | true                           | 11 21
          boolean         | hasOutput                | -       | =                | true                           | 21
          boolean         | isRootObservation        | -       | =                | true                           | 11 12 13
          boolean         | hasParentObservation     | -       | =                | true                           | 21 22 23
          string          | experimentId             | -       | =                | 'e1'                           | 11
          string          | experimentName           | -       | =                | 'first'                        | 11
          string          | experimentDatasetId      | -       | =                | 'd1'                           | 11
          boolean         | isExperimentItemRootSpan | -       | =                | true                           | 11
          number          | commentCount             | -       | >                | 0                              | 22
          string          | commentContent           | -       | =                | 'Odd'                          | 22
          null            | ruleId                   | -       | is not null      | ''                             | none
          """)
  void observations(
      String type, String column, String key, String operator, String value, String expected) {
    for (String path : new String[] {"/observations", "/v2/observations"}) {
      assertThat(numbers(list(path, type, column, key, operator, value), 2))
          .as(path)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          string       | input    | -      | THE sky blue | 11
          string       | input    | -      | blue sky     | none
          string       | output   | -      | TOOL_calls   | 21
          string       | output   | -      | tool%calls   | none
          stringObject | metadata | region | e            | 11
          stringObject | metadata | region | E            | none
          """)
  void matches_isLiteral_andKnownToNewerObservationsOnly(
      String type, String column, String key, String value, String expected) {
    String text = '\'' + value + '\'';

    assertThat(numbers(list("/v2/observations", type, column, key, "matches", text), 2))
        .isEqualTo(expected);
    assertThat(list("/observations", type, column, key, "matches", text).statusCode())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      nullValues = "-",
      textBlock =
          """
          string        | nonsense        | -    | =        | 'x'
          string        | userId          | -    | >        | 'x'
          string        | userId          | -    | =        | 7
          number        | latency         | -    | contains | 7
          number        | latency         | -    | =        | 'x'
          nonsense      | userId          | -    | =        | 'x'
          stringOptions | userId          | -    | any of   | 'x'
          boolean       | bookmarked      | -    | =        | 'true'
          stringObject  | metadata        | -    | =        | 'x'
          numberObject  | scores_avg      | -    | =        | 1
          datetime      | timestamp       | -    | >        | 'yesterday'
          """)
  void filterThatNobodyKnows_isRefused(
      String type, String column, String key, String operator, String value) {
    HttpResponse<String> response = list("/traces", type, column, key, operator, value);

    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
  }
}
