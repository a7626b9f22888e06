package io.langfuse4j.instrumentation.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * Writes which outcomes the tests of a class marked {@link Integrates} have shown, in one file per
 * class below {@code target/integration-matrix}. A failed test shows nothing. Found by JUnit
 * through the ServiceLoader.
 */
public final class MatrixListener implements TestExecutionListener {

  private final Map<Class<?>, Map<Outcome, Boolean>> shown = new ConcurrentHashMap<>();

  @Override
  public void executionFinished(TestIdentifier test, TestExecutionResult result) {
    if (!test.isTest() || !(test.getSource().orElse(null) instanceof MethodSource source)) {
      return;
    }
    Class<?> type = source.getJavaClass();
    Shows shows = method(source).getAnnotation(Shows.class);
    if (shows == null
        || result.getStatus() == TestExecutionResult.Status.ABORTED
        || !type.isAnnotationPresent(Integrates.class)) {
      return;
    }
    boolean passed = result.getStatus() == TestExecutionResult.Status.SUCCESSFUL;
    Map<Outcome, Boolean> outcomes = shown.computeIfAbsent(type, t -> new ConcurrentHashMap<>());
    for (Outcome outcome : shows.value()) {
      outcomes.merge(outcome, passed, Boolean::logicalAnd);
    }
  }

  private static Method method(MethodSource source) {
    return source.getJavaMethod();
  }

  @Override
  public void testPlanExecutionFinished(TestPlan plan) {
    new TreeMap<>(byName()).forEach((name, lines) -> write(name, lines));
    shown.clear();
  }

  private Map<String, List<String>> byName() {
    Map<String, List<String>> files = new TreeMap<>();
    shown.forEach(
        (type, outcomes) -> {
          Integrates about = type.getAnnotation(Integrates.class);
          List<String> lines = new ArrayList<>();
          lines.add(String.join("\t", about.library(), about.operation(), about.way()));
          lines.addAll(List.of(about.without()));
          outcomes.forEach((outcome, passed) -> lines.add(outcome + (passed ? "=ok" : "=failed")));
          files.put(type.getName(), lines);
        });
    return files;
  }

  private static void write(String name, List<String> lines) {
    try {
      Path folder = Files.createDirectories(Path.of("target", "integration-matrix"));
      Files.write(folder.resolve(name + ".txt"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
