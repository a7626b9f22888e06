package io.langfuse4j.evaluator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Judges the output of a task. What it throws counts as a failure of this evaluator for this item
 * and of nothing else. Implementations are called by several threads at once.
 *
 * @param <I> the type of the input
 * @param <E> the type of the expected output
 * @param <O> the type of the output
 */
@FunctionalInterface
public interface Evaluator<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  /** The evaluations, now or later; empty if there is nothing to say. */
  CompletionStage<List<Evaluation>> evaluate(EvaluatorInputs<I, E, O> inputs) throws Exception;

  /** What it is called in traces. */
  default String name() {
    String name = getClass().getSimpleName();
    int lambda = name.indexOf("$$Lambda");
    return name.isEmpty() || lambda >= 0 ? "evaluator" : name;
  }

  /**
   * What an evaluator says in short: a number, yes or no, a category, an {@link Evaluation}, a
   * collection of those, a {@link CompletionStage} of any; or null for nothing.
   */
  @FunctionalInterface
  interface Judgement<
      I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {
    @Nullable Object judge(EvaluatorInputs<I, E, O> inputs) throws Exception;
  }

  /** An evaluator of that name; plain values become evaluations of the same name. */
  static <I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object>
      Evaluator<I, E, O> of(String name, Judgement<I, E, O> judgement) {
    if (name == null || name.isBlank()) {
      throw new IllegalArgumentException("An evaluator has a name that is not empty.");
    }
    return new Evaluator<>() {
      @Override
      public CompletionStage<List<Evaluation>> evaluate(EvaluatorInputs<I, E, O> inputs)
          throws Exception {
        return evaluations(name, judgement.judge(inputs));
      }

      @Override
      public String name() {
        return name;
      }
    };
  }

  /** What a {@link Judgement} says, in full. */
  static CompletionStage<List<Evaluation>> evaluations(String name, @Nullable Object said) {
    if (said instanceof CompletionStage<?> later) {
      return later.thenCompose(value -> evaluations(name, value));
    }
    List<Evaluation> evaluations = new ArrayList<>();
    if (said instanceof Iterable<?> several) {
      several.forEach(each -> evaluations.add(evaluation(name, each)));
    } else if (said != null) {
      evaluations.add(evaluation(name, said));
    }
    return CompletableFuture.completedFuture(List.copyOf(evaluations));
  }

  private static Evaluation evaluation(String name, @Nullable Object said) {
    if (said instanceof Evaluation evaluation) {
      return evaluation;
    }
    if (said instanceof Boolean yes) {
      return Evaluation.of(name, (boolean) yes);
    }
    if (said instanceof Number number) {
      return Evaluation.of(name, number.doubleValue());
    }
    if (said instanceof CharSequence || said instanceof Enum) {
      return Evaluation.of(name, said.toString());
    }
    throw new IllegalArgumentException(
        "The evaluator '"
            + name
            + "' returned "
            + (said == null ? "null in a list" : "a " + said.getClass().getName())
            + ", expected a number, a boolean, a text or an Evaluation.");
  }
}
