package io.langfuse4j.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.evaluator.EvaluatorInputs;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaEvaluatorTest {

  private static final String SCHEMA =
      "{\"type\":\"object\",\"required\":[\"city\"],\"properties\":{\"city\":{\"type\":\"string\"},"
          + "\"people\":{\"type\":\"integer\",\"minimum\":0}},\"additionalProperties\":false}";

  record City(String city, int people) {}

  private static Evaluation judge(String schema, Object output) throws Exception {
    List<Evaluation> evaluations =
        JsonSchemaEvaluator.of(schema)
            .evaluate(EvaluatorInputs.of("in", output, null))
            .toCompletableFuture()
            .get();
    assertThat(evaluations).hasSize(1);
    return evaluations.get(0);
  }

  @Test
  void texts_mapsAndRecords_thatFollow_areTrue() throws Exception {
    for (Object output :
        List.of("{\"city\":\"Lima\"}", Map.of("city", "Lima", "people", 7), new City("Lima", 7))) {
      assertThat(judge(SCHEMA, output)).isEqualTo(Evaluation.of("json_schema", true));
    }
  }

  @Test
  void whatDoesNotFollow_isFalse_andSaysWhere() throws Exception {
    Evaluation evaluation = judge(SCHEMA, new City(null, -1));

    assertThat(evaluation.value()).isEqualTo(false);
    assertThat(evaluation.comment()).contains("$.city", "$.people", "0");
  }

  @Test
  void manyProblems_areNotAllSaid() throws Exception {
    Evaluation evaluation =
        judge(
            "{\"type\":\"array\",\"items\":{\"type\":\"string\"}}",
            Arrays.asList(1, 2, 3, 4, 5, 6, 7));

    assertThat(evaluation.comment()).contains("$[4]", "and 2 more").doesNotContain("$[5]");
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "Lima", "{\"city\":", "null"})
  void whatIsNoSuchJson_isFalseWithAComment(String output) throws Exception {
    Evaluation evaluation = judge(SCHEMA, output);

    assertThat(evaluation.value()).isEqualTo(false);
    assertThat(evaluation.comment()).isNotBlank();
  }

  @Test
  void draft_isTheOneThatTheSchemaNames() throws Exception {
    String items = "\"items\":[{\"type\":\"string\"}],\"additionalItems\":false}";

    assertThat(
            judge("{\"$schema\":\"http://json-schema.org/draft-07/schema#\"," + items, "[\"a\",1]")
                .value())
        .isEqualTo(false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "[]", "{\"type\":", "{\"type\":\"colour\"}", "{\"required\":\"city\"}"})
  void whatIsNoSchema_isRefusedAtOnce(String schema) {
    assertThatThrownBy(() -> JsonSchemaEvaluator.of(schema))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("JSON schema");
  }

  @Test
  void references_areNotFetched() {
    assertThatThrownBy(
            () -> JsonSchemaEvaluator.of("{\"$ref\":\"http://127.0.0.1:9/schema.json\"}"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
