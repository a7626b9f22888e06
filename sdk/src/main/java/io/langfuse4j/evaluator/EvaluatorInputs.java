package io.langfuse4j.evaluator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluator judges. Immutable.
 *
 * @param <I> the type of the input
 * @param <E> the type of the expected output
 * @param <O> the type of the output
 * @param expectedOutput null if nothing was expected in particular
 * @param evaluations what other evaluators said; empty unless a composite evaluator is asked
 */
public record EvaluatorInputs<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>(
    I input,
    O output,
    @Nullable E expectedOutput,
    Map<String, @Nullable Object> metadata,
    List<Evaluation> evaluations) {

  /** Without metadata and evaluations. */
  public static <I, E, O> EvaluatorInputs<I, E, O> of(
      I input, O output, @Nullable E expectedOutput) {
    return new EvaluatorInputs<>(input, output, expectedOutput, Map.of(), List.of());
  }

  /** With the evaluations that a composite evaluator weighs. */
  public EvaluatorInputs<I, E, O> with(List<Evaluation> evaluations) {
    return new EvaluatorInputs<>(input, output, expectedOutput, metadata, List.copyOf(evaluations));
  }
}
