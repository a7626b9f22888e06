package io.langfuse4j.instrumentation.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes which outcomes the tests of a class marked {@link Integrates} have shown, in one file per
 * class and operation below {@code target/integration-matrix}. A failed test shows nothing. Found
 * by JUnit through the ServiceLoader.
 */
public final class MatrixListener implements TestExecutionListener {

  /** What a class is about. */
  private record Row(Class<?> type, Integrates about) {}

  private final Map<Row, Map<Outcome, Boolean>> shown = new ConcurrentHashMap<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest()
        || !(test.getSource().orElse(null) instanceof MethodSource source)
        || result.getStatus() == TestExecutionResult.Status.ABORTED) {
      return;
    }
    Class<?> type = source.getJavaClass();
    Integrates[] abouts = type.getAnnotationsByType(Integrates.class);
    if (abouts.length > 0) {
      boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
      for (Shows shows : source.getJavaMethod().getAnnotationsByType(Shows.class)) {
        note(new Row(type, about(abouts, shows)), shows.value(), passed);
      }
    }
  }

  private void note(Row row, Outcome[] seen, boolean passed) {
    Map<Outcome, Boolean> outcomes = shown.computeIfAbsent(row, r -> new EnumMap<>(Outcome.class));
    synchronized (outcomes) {
      for (Outcome outcome : seen) {
        outcomes.merge(outcome, passed, Boolean::logicalAnd);
      }
    }
  }

  private static Integrates about(Integrates[] abouts, Shows shows) {
    return Arrays.stream(abouts)
        .filter(about -> shows.operation().isEmpty() || about.operation().equals(shows.operation()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    shown.forEach(MatrixListener::write);
    shown.clear();
  }

  private static void write(Row row, Map<Outcome, Boolean> outcomes) {
    Integrates about = row.about();
    List<String> lines = new ArrayList<>();
    lines.add(String.join("\t", about.library(), about.operation(), about.way()));
    lines.addAll(List.of(about.without()));
    lines.addAll(cannotHappen(row.type()));
    outcomes.forEach((outcome, passed) -> lines.add(outcome + (passed ? "=ok" : "=failed")));
    String name = row.type().getName() + "~" + about.operation().replaceAll("\\W+", "-");
    try {
      Path folder = Files.createDirectories(Path.of("target", "integration-matrix"));
      Files.write(folder.resolve(name + ".txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the contracts say that a class extends, the nearest first. */
  private static List<String> cannotHappen(Class<?> type) {
    List<String> reasons = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      CannotHappen cannot = at.getDeclaredAnnotation(CannotHappen.class);
      reasons.addAll(cannot == null ? List.of() : List.of(cannot.value()));
    }
    return reasons;
  }
}
