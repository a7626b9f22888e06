package io.langfuse4j.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Notes what the tests of a contract have shown for a class that extends it, in one file per class
 * and JDK below {@code target/contract-results}. The table in the documentation is made of them.
 *
 * <p>A line has the contract's name and test, the kind of result if the test has a parameter, and
 * {@code ok}, {@code failed}, or why there was nothing to test. A class that is run more than once,
 * in other surroundings, has the property {@code contract.variant} to tell the runs apart.
 */
public final class ContractResults implements TestWatcher, BeforeAllCallback, AfterAllCallback {

  public static final String OK = "ok";
  public static final String FAILED = "failed";

  private final Map<String, String> results = new TreeMap<>();

  /** A run that breaks off must not leave the results of the one before. */
  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    Files.deleteIfExists(file(context));
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    note(context, OK);
  }

  @Override
  public void testFailed(ExtensionContext context, Throwable cause) {
    note(context, FAILED);
  }

  @Override
  public void testAborted(ExtensionContext context, Throwable cause) {
    note(context, String.valueOf(cause.getMessage()).replace("Assumption failed: ", ""));
  }

  @Override
  public void testDisabled(ExtensionContext context, Optional<String> reason) {
    note(context, reason.orElse("disabled"));
  }

  private void note(ExtensionContext context, String result) {
    context
        .getTestMethod()
        .ifPresent(
            method -> {
              String contract = method.getDeclaringClass().getSimpleName();
              String of = method.getParameterCount() == 0 ? "" : context.getDisplayName();
              results.merge(
                  String.join("\t", contract, method.getName(), of),
                  result,
                  (one, other) -> one.equals(OK) ? other : one);
            });
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    Path file = file(context);
    Files.createDirectories(file.getParent());
    Files.write(
        file,
        results.entrySet().stream().map(line -> line.getKey() + "\t" + line.getValue()).toList());
  }

  private static Path file(ExtensionContext context) {
    String variant = System.getProperty("contract.variant", "");
    String name =
        String.join(
            "@",
            context.getRequiredTestClass().getName(),
            variant,
            String.valueOf(Runtime.version().feature()));
    return Path.of("target", "contract-results", name + ".txt");
  }
}
