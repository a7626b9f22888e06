package io.langfuse4j.testing;

import java.util.stream.LongStream;

/**
 * The seeds of tests with random values. They are the same in every run, so that a failure is no
 * accident, and are the arguments of the test, so that its name in the report tells which one
 * failed. {@code -Dlangfuse4j.fuzz.rounds=100000} looks further, {@code
 * -Dlangfuse4j.fuzz.seed=4711} begins with that one.
 */
public final class Seeds {

  private Seeds() {}

  /** That many seeds, unless {@code langfuse4j.fuzz.rounds} asks for more or fewer. */
  public static LongStream of(int rounds) {
    long first = Long.getLong("langfuse4j.fuzz.seed", 1);
    int alone = System.getProperty("langfuse4j.fuzz.seed") == null ? rounds : 1;
    return LongStream.range(first, first + Integer.getInteger("langfuse4j.fuzz.rounds", alone));
  }
}
