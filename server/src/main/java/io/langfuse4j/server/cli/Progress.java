package io.langfuse4j.server.cli;

/** Says on standard error, about once a second, how far something has come. Not thread-safe. */
final class Progress {
  private static final long EVERY_NANOS = 1_000_000_000;

  private final String what;
  private long count;
  private long said = System.nanoTime();

  Progress(String what) {
    this.what = what;
  }

  void step() {
    count++;
    if (System.nanoTime() - said >= EVERY_NANOS) {
      said = System.nanoTime();
      System.err.println(count + " " + what);
    }
  }

  long count() {
    return count;
  }
}
