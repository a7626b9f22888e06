package io.langfuse4j.evaluation;

import io.langfuse4j.Langfuse;
import io.langfuse4j.evaluator.Evaluator;
import io.langfuse4j.evaluator.Evaluators;
import io.langfuse4j.experiment.ExperimentResult;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** The parts of {@code docs/experiments.md} about this module. */
final class EvaluationFiles {

  private EvaluationFiles() {}

  record Question(String country) {}

  static ExperimentResult<Question, String, String> file(
      Langfuse langfuse, UnaryOperator<String> model) {
    // tag::file[]
    ExperimentResult<Question, String, String> result =
        langfuse
            .experiment("capitals")
            .data(DatasetFiles.items(Path.of("capitals.csv"), Question.class, String.class))
            .task(item -> model.apply(item.input().country()))
            .evaluator(Evaluators.exactMatch())
            .run();
    // end::file[]
    return result;
  }

  static Evaluator<Object, Object, Object> schema() {
    // tag::schema[]
    Evaluator<Object, Object, Object> form =
        JsonSchemaEvaluator.of("{\"type\":\"object\",\"required\":[\"capital\"]}");
    // end::schema[]
    return form;
  }
}
