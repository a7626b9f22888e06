package io.langfuse4j.experiment;

import io.langfuse4j.dataset.DatasetItem;
import org.jspecify.annotations.Nullable;

/**
 * What is tried on each item. Called by several threads at once; what it throws is kept with the
 * item.
 */
@FunctionalInterface
public interface Task<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {
  O run(DatasetItem<I, E> item) throws Exception;
}
