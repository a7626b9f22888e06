package io.langfuse4j.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Judges a run as a whole: says a number, yes or no, a category, an {@code Evaluation}, a
 * collection of those, a {@code CompletionStage} of any, or null for nothing.
 */
@FunctionalInterface
public interface RunEvaluator<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  /**
   * Judges.
   *
   * @param items in the order of the data, failed ones included
   */
  @Nullable Object evaluate(List<ItemResult<I, E, O>> items) throws Exception;
}
