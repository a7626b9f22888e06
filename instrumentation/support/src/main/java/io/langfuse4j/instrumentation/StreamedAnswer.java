package io.langfuse4j.instrumentation;

/**
 * Collects what a stream delivers, item by item, and describes it at the end or where the stream
 * was cut. Implementations are safe for an {@link #add} and a {@link #describe} on different
 * threads.
 *
 * @param <T> the items
 */
public interface StreamedAnswer<T> {

  /** Takes note of an item. What it throws is logged once and goes no further. */
  void add(T item);

  /** Describes what was received so far. */
  void describe(ModelResponse response);

  /** Whether the item was asked for by the instrumentation and is not for the application. */
  default boolean isHidden(T item) {
    return false;
  }
}
