package io.langfuse4j.evaluator;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Evaluators that need no model. Where something is expected, an item that expects nothing gets no
 * evaluation. Numbers run from 0, bad, to 1, good. All are thread-safe.
 *
 * <pre>{@code
 * plan.evaluator(Evaluators.exactMatch()).evaluator(Evaluators.levenshteinSimilarity());
 * }</pre>
 */
public final class Evaluators {

  private static final int LONGEST_FOR_LEVENSHTEIN = 10_000;

  private Evaluators() {}

  /** {@code exact_match}: whether the output equals what was expected. */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> exactMatch() {
    return Evaluator.of(
        "exact_match",
        inputs ->
            inputs.expectedOutput() == null
                ? null
                : (Object) Objects.equals(inputs.output(), inputs.expectedOutput()));
  }

  /** {@code equals_ignoring_case}: whether the texts are equal but for case and outer blanks. */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object>
      equalsIgnoringCase() {
    return Evaluator.of(
        "equals_ignoring_case",
        inputs ->
            inputs.expectedOutput() == null
                ? null
                : (Object)
                    text(inputs.output())
                        .strip()
                        .equalsIgnoreCase(text(inputs.expectedOutput()).strip()));
  }

  /** {@code contains}: whether the text of the output contains the text that was expected. */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> contains() {
    return Evaluator.of(
        "contains",
        inputs ->
            inputs.expectedOutput() == null
                ? null
                : (Object)
                    text(inputs.output())
                        .toLowerCase(Locale.ROOT)
                        .contains(text(inputs.expectedOutput()).toLowerCase(Locale.ROOT)));
  }

  /** {@code name}: whether the pattern is found in the text of the output. */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> matches(
      String name, Pattern pattern) {
    return Evaluator.of(name, inputs -> pattern.matcher(text(inputs.output())).find());
  }

  /**
   * {@code within_tolerance}: whether the output is a number that is not further from the expected
   * one.
   */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> withinTolerance(
      double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", expected 0 or more");
    }
    return Evaluator.of(
        "within_tolerance",
        inputs -> {
          OptionalDouble expected = number(inputs.expectedOutput());
          OptionalDouble actual = number(inputs.output());
          if (expected.isEmpty()) {
            return null;
          }
          return actual.isPresent()
              && Math.abs(actual.getAsDouble() - expected.getAsDouble()) <= tolerance;
        });
  }

  /**
   * {@code levenshtein}: 1 minus the share of characters that would have to be changed. Texts of
   * more than 10,000 characters are compared by their beginnings.
   */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object>
      levenshteinSimilarity() {
    return Evaluator.of(
        "levenshtein",
        inputs ->
            inputs.expectedOutput() == null
                ? null
                : (Object) similarity(text(inputs.output()), text(inputs.expectedOutput())));
  }

  private static double similarity(String one, String other) {
    int[] a = one.codePoints().limit(LONGEST_FOR_LEVENSHTEIN).toArray();
    int[] b = other.codePoints().limit(LONGEST_FOR_LEVENSHTEIN).toArray();
    int longest = Math.max(a.length, b.length);
    return longest == 0 ? 1 : 1 - (double) distance(a, b) / longest;
  }

  private static int distance(int[] a, int[] b) {
    int[] above = new int[b.length + 1];
    Arrays.setAll(above, i -> i);
    for (int i = 1; i <= a.length; i++) {
      int[] row = new int[b.length + 1];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int change = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
        row[j] = Math.min(change, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length];
  }

  /**
   * {@code embedding_similarity}: the cosine between the embeddings of the output's text and of the
   * expected one, nothing below 0.
   *
   * @param embedding makes a vector of a text; asked twice for each item
   */
  public static Evaluator<@Nullable Object, @Nullable Object, @Nullable Object> embeddingSimilarity(
      Function<String, float[]> embedding) {
    return Evaluator.of(
        "embedding_similarity",
        inputs ->
            inputs.expectedOutput() == null
                ? null
                : (Object)
                    cosine(
                        embedding.apply(text(inputs.output())),
                        embedding.apply(text(inputs.expectedOutput()))));
  }

  private static double cosine(float[] a, float[] b) {
    if (a.length != b.length || a.length == 0) {
      throw new IllegalArgumentException(
          "Embeddings have " + a.length + " and " + b.length + " dimensions.");
    }
    double product = 0;
    double squareA = 0;
    double squareB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      squareA += (double) a[i] * a[i];
      squareB += (double) b[i] * b[i];
    }
    boolean zero = squareA == 0 || squareB == 0;
    return zero ? 0 : Math.min(1, Math.max(0, product / Math.sqrt(squareA * squareB)));
  }

  /** {@code name}: whether the condition holds, for what no other evaluator says. */
  public static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> check(String name, Predicate<EvaluatorInputs<I, E, O>> condition) {
    return Evaluator.of(name, condition::test);
  }

  /** {@code name}: whether every evaluation of these is yes, or at least 1. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> all(String name, Evaluator<I, E, O>... evaluators) {
    return combined(
        name,
        Arrays.asList(evaluators),
        numbers -> numbers.stream().allMatch(number -> number >= 1));
  }

  /** {@code name}: whether any evaluation of these is yes, or at least 1. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> any(String name, Evaluator<I, E, O>... evaluators) {
    return combined(
        name,
        Arrays.asList(evaluators),
        numbers -> numbers.stream().anyMatch(number -> number >= 1));
  }

  /** {@code name}: the mean of the numbers that these evaluators give; nothing if there is none. */
  @SafeVarargs
  @SuppressWarnings("varargs") // only read
  public static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> mean(String name, Evaluator<I, E, O>... evaluators) {
    return combined(
        name,
        Arrays.asList(evaluators),
        numbers -> numbers.stream().mapToDouble(number -> number).average().orElse(0));
  }

  /**
   * Weighs by name what other evaluators said, for {@code compositeEvaluator}. Those without a
   * number and those not in {@code weights} do not count; nothing is said if none does.
   */
  public static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator.Judgement<I, E, O> weighted(Map<String, Double> weights) {
    Map<String, Double> copy = new LinkedHashMap<>(weights);
    return inputs -> {
      double sum = 0;
      double weight = 0;
      for (Evaluation evaluation : inputs.evaluations()) {
        OptionalDouble number = evaluation.number();
        double own = copy.getOrDefault(evaluation.name(), 0.0);
        if (number.isPresent() && own != 0) {
          sum += own * number.getAsDouble();
          weight += own;
        }
      }
      return weight == 0 ? null : (Object) (sum / weight);
    };
  }

  private static <
          I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> combined(
          String name,
          List<Evaluator<I, E, O>> evaluators,
          Function<List<Double>, Object> combination) {
    return Evaluator.of(
        name,
        inputs -> {
          List<Double> numbers = new ArrayList<>();
          for (Evaluator<I, E, O> evaluator : evaluators) {
            evaluator.evaluate(inputs).toCompletableFuture().get().stream()
                .map(Evaluation::number)
                .filter(OptionalDouble::isPresent)
                .forEach(number -> numbers.add(number.getAsDouble()));
          }
          return numbers.isEmpty() ? null : combination.apply(numbers);
        });
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static OptionalDouble number(@Nullable Object value) {
    if (value instanceof Number number) {
      return OptionalDouble.of(number.doubleValue());
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text(value).strip()));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }
}
