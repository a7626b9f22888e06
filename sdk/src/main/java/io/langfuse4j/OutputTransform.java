package io.langfuse4j;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes the output of an observation out of the items of a streamed result. Without one, text is
 * joined and other items are recorded as a list.
 */
@FunctionalInterface
public interface OutputTransform {

  /**
   * Called once, when the stream is done.
   *
   * @param items in order, as many as arrived; limited to 100,000
   * @return null records no output
   */
  @Nullable Object apply(List<?> items);
}
