package io.langfuse4j.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each evaluator says. */
class EvaluatorsTest {

  private static List<Evaluation> ask(
      Evaluator<Object, Object, Object> evaluator, Object output, Object expected)
      throws Exception {
    return evaluator
        .evaluate(EvaluatorInputs.of("input", output, expected))
        .toCompletableFuture()
        .get();
  }

  private static Arguments says(
      Evaluator<Object, Object, Object> evaluator, Object output, Object expected, Object value) {
    return Arguments.of(evaluator, output, expected, value);
  }

  private static Evaluator<Object, Object, Object> exact() {
    return Evaluators.exactMatch();
  }

  private static Evaluator<Object, Object, Object> contains() {
    return Evaluators.contains();
  }

  static Stream<Arguments> sayings() {
    Pattern digits = Pattern.compile("\\d+");
    return Stream.of(
        says(exact(), "Paris", "Paris", true),
        says(exact(), "paris", "Paris", false),
        says(exact(), null, "Paris", false),
        says(exact(), List.of(1, 2), List.of(1, 2), true),
        says(Evaluators.equalsIgnoringCase(), " paris", "Paris", true),
        says(contains(), "It is Paris.", "paris", true),
        says(contains(), null, "x", false),
        says(Evaluators.matches("digits", digits), "a1", null, true),
        says(Evaluators.matches("digits", digits), null, null, false),
        says(Evaluators.withinTolerance(0.5), 3.4, 3, true),
        says(Evaluators.withinTolerance(0.5), "3.6", 3, false),
        says(Evaluators.withinTolerance(0.5), "three", 3, false),
        says(Evaluators.levenshteinSimilarity(), "kitten", "sitting", 1 - 3.0 / 7),
        says(Evaluators.levenshteinSimilarity(), "", "", 1.0),
        says(Evaluators.levenshteinSimilarity(), "", "abc", 0.0),
        says(Evaluators.embeddingSimilarity(t -> new float[] {1, 0}), "a", "b", 1.0),
        says(
            Evaluators.embeddingSimilarity(t -> new float[] {t.equals("a") ? 1 : 0, 1}),
            "a",
            "b",
            1 / Math.sqrt(2)),
        says(Evaluators.embeddingSimilarity(t -> new float[2]), "a", "b", 0.0),
        says(Evaluators.check("short", e -> e.output().equals("ab")), "ab", null, true),
        says(Evaluators.all("both", exact(), contains()), "a b", "a", false),
        says(Evaluators.any("one", exact(), contains()), "a b", "a", true),
        says(Evaluators.mean("mean", exact(), contains()), "a b", "a", 0.5));
  }

  @ParameterizedTest
  @MethodSource("sayings")
  void evaluator_says(
      Evaluator<Object, Object, Object> evaluator, Object output, Object expected, Object value)
      throws Exception {
    List<Evaluation> said = ask(evaluator, output, expected);

    assertThat(said).extracting(Evaluation::name).containsExactly(evaluator.name());
    if (value instanceof Double number) {
      assertThat((Double) said.get(0).value()).isCloseTo(number, within(1e-9));
    } else {
      assertThat(said.get(0).value()).isEqualTo(value);
    }
  }

  static Stream<Evaluator<Object, Object, Object>> thoseThatCompare() {
    return Stream.of(
        exact(),
        Evaluators.equalsIgnoringCase(),
        contains(),
        Evaluators.withinTolerance(1),
        Evaluators.levenshteinSimilarity(),
        Evaluators.embeddingSimilarity(text -> new float[] {1}),
        Evaluators.mean("mean", exact()));
  }

  @ParameterizedTest
  @MethodSource("thoseThatCompare")
  void itemWithoutExpectedOutput_getsNoEvaluation(Evaluator<Object, Object, Object> evaluator)
      throws Exception {
    assertThat(ask(evaluator, "out", null)).isEmpty();
  }

  @Test
  void plainValues_becomeEvaluationsOfTheEvaluatorsName() throws Exception {
    enum Mood {
      GOOD
    }
    Object said = List.of(1, true, "x", Mood.GOOD, Evaluation.of("own", 2), 0.5f);

    assertThat(ask(Evaluator.of("e", inputs -> said), null, null))
        .extracting(Evaluation::name, Evaluation::value)
        .containsExactly(
            tuple("e", 1.0),
            tuple("e", true),
            tuple("e", "x"),
            tuple("e", "GOOD"),
            tuple("own", 2.0),
            tuple("e", 0.5));
    assertThat(ask(Evaluator.of("e", inputs -> null), null, null)).isEmpty();
    assertThat(
            ask(Evaluator.of("e", i -> CompletableFuture.completedFuture(List.of(1))), null, null))
        .containsExactly(Evaluation.of("e", 1));
  }

  @Test
  void otherValues_areRefused() {
    assertThatThrownBy(() -> ask(Evaluator.of("e", inputs -> new Object()), null, null))
        .hasMessageContaining("java.lang.Object");
    assertThatThrownBy(() -> ask(Evaluator.of("e", i -> Arrays.asList(1, null)), null, null))
        .hasMessageContaining("null in a list");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void numberThatIsNotFinite_isRefused(double value) {
    assertThatThrownBy(() -> Evaluation.of("e", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyName_isRefused(String name) {
    assertThatThrownBy(() -> Evaluation.of(name, 1)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Evaluator.of(name, i -> 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void weighted_countsWhatHasAWeightAndANumber() throws Exception {
    EvaluatorInputs<Object, Object, Object> inputs =
        EvaluatorInputs.<Object, Object, Object>of("i", "o", null)
            .with(
                List.of(Evaluation.of("a", 1), Evaluation.of("b", false), Evaluation.of("c", "x")));

    assertThat(Evaluators.weighted(Map.of("a", 3.0, "b", 1.0, "c", 9.0)).judge(inputs))
        .isEqualTo(0.75);
    assertThat(Evaluators.weighted(Map.of("other", 1.0)).judge(inputs)).isNull();
  }

  @Test
  void embeddingsOfDifferentSizes_areAnError() {
    assertThatThrownBy(
            () -> ask(Evaluators.embeddingSimilarity(t -> new float[t.length()]), "a", "bc"))
        .hasMessageContaining("dimensions");
  }

  @Test
  void customClass_isNamedForItself() {
    Evaluator<Object, Object, Object> lambda = i -> CompletableFuture.completedFuture(List.of());

    assertThat(new Own().name()).isEqualTo("Own");
    assertThat(lambda.name()).isEqualTo("evaluator");
  }

  private static final class Own implements Evaluator<Object, Object, Object> {
    @Override
    public CompletableFuture<List<Evaluation>> evaluate(
        EvaluatorInputs<Object, Object, Object> inputs) {
      return CompletableFuture.completedFuture(List.of());
    }
  }
}
