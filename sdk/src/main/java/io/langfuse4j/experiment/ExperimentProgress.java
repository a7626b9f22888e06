package io.langfuse4j.experiment;

import java.io.PrintStream;
import java.util.concurrent.atomic.AtomicLong;

/** Hears how an experiment gets on. Called by several threads at once. */
@FunctionalInterface
public interface ExperimentProgress {

  /**
   * An item is done.
   *
   * @param total -1 if it is not known
   */
  void onItem(ItemResult<?, ?, ?> item, int done, int failed, int total);

  /** One line on a terminal that is written over, a few times a second at most. */
  static ExperimentProgress printing(PrintStream terminal) {
    AtomicLong nextAt = new AtomicLong(System.nanoTime());
    return (item, done, failed, total) -> {
      long now = System.nanoTime();
      long next = nextAt.get();
      if (done == total || now - next >= 0 && nextAt.compareAndSet(next, now + 200_000_000)) {
        String of = total < 0 ? "" : " of " + total;
        String end = done == total ? System.lineSeparator() : "";
        terminal.print("\r" + done + of + " items, " + failed + " failed" + end);
        terminal.flush();
      }
    };
  }
}
