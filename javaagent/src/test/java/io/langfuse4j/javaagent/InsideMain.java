package io.langfuse4j.javaagent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs test classes in this JVM and says how they went. */
final class InsideMain {

  private InsideMain() {}

  /** Notes the tests that passed, for the table in the documentation. */
  private static final class Passed implements TestExecutionListener {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      if (test.isTest() && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
        MethodSource source = (MethodSource) test.getSource().orElseThrow();
        lines.add(
            source.getClassName() + "." + source.getMethodName() + " " + test.getDisplayName());
      }
    }

    void write(Path file) {
      try {
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  public static void main(String[] classes) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(List.of(classes).stream().map(DiscoverySelectors::selectClass).toList())
            .build();
    SummaryGeneratingListener listener = new SummaryGeneratingListener();
    Passed passed = new Passed();
    LauncherFactory.create().execute(request, listener, passed);
    TestExecutionSummary summary = listener.getSummary();
    summary
        .getFailures()
        .forEach(
            failure -> {
              System.out.println("FAILED " + failure.getTestIdentifier().getDisplayName());
              failure.getException().printStackTrace(System.out);
            });
    String report = System.getProperty("inside.report");
    if (report != null) {
      passed.write(Path.of(report));
    }
    System.out.println("SUCCEEDED " + summary.getTestsSucceededCount());
    System.exit(summary.getTotalFailureCount() == 0 ? 0 : 1);
  }
}
