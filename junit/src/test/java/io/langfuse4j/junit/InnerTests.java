package io.langfuse4j.junit;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.List;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the tests of a class inside a test, and tells how each ended. */
final class InnerTests {

  /** How a test ended; the message is empty if it threw nothing. */
  record Outcome(String name, TestExecutionResult.Status status, String message) {}

  private InnerTests() {}

  static List<Outcome> run(Class<?> test) {
    List<Outcome> outcomes = new ArrayList<>();
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request().selectors(selectClass(test)).build();
    LauncherFactory.create()
        .execute(
            request,
            new TestExecutionListener() {
              @Override
              public void executionFinished(TestIdentifier id, TestExecutionResult result) {
                if (id.isTest()) {
                  String message = result.getThrowable().map(Throwable::getMessage).orElse("");
                  outcomes.add(new Outcome(id.getDisplayName(), result.getStatus(), message));
                }
              }
            });
    return outcomes;
  }
}
