package io.langfuse4j.junit;

import io.langfuse4j.experiment.EarlierRun;
import io.langfuse4j.experiment.ExperimentPlan;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.experiment.ItemResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.opentest4j.TestAbortedException;

/**
 * An experiment as tests: one for each item, which fails if its task did, and one for each
 * threshold, which fails if the run as a whole is worse.
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicNode> capitals() {
 *   return ExperimentTests.of(
 *           langfuse.experiment("capitals").data(items).task(item -> ask(item.input()))
 *               .evaluator(Evaluators.exactMatch()))
 *       .mean("exact_match", 0.8)
 *       .tests();
 * }
 * }</pre>
 *
 * <p>Not thread-safe.
 */
public final class ExperimentTests {

  private final ExperimentPlan<?, ?, ?> plan;
  private final Map<String, Double> means = new LinkedHashMap<>();
  private final List<Path> reports = new ArrayList<>();
  private @Nullable EarlierRun earlier;
  private double tolerance;
  private int maxFailedItems;

  private ExperimentTests(ExperimentPlan<?, ?, ?> plan) {
    this.plan = plan;
  }

  public static ExperimentTests of(ExperimentPlan<?, ?, ?> plan) {
    return new ExperimentTests(plan);
  }

  /** The mean of a metric, or else the run evaluation of that name, is at least this. */
  public ExperimentTests mean(String metric, double atLeast) {
    means.put(metric, atLeast);
    return this;
  }

  /**
   * No metric that the earlier run has too is lower now by more than {@code tolerance}. A test for
   * each.
   */
  public ExperimentTests notWorseThan(EarlierRun run, double tolerance) {
    if (!(tolerance >= 0)) {
      throw new IllegalArgumentException("tolerance is " + tolerance + ", expected 0 or more");
    }
    this.earlier = run;
    this.tolerance = tolerance;
    return this;
  }

  /**
   * So many tasks may fail; the tests of the items that did are then aborted instead of failed.
   * Default 0.
   */
  public ExperimentTests maxFailedItems(int atMost) {
    this.maxFailedItems = atMost;
    return this;
  }

  /**
   * Also writes the result, before anything fails: as Markdown, JSON, JUnit XML or text, as the end
   * of the file's name says ({@code .md}, {@code .json}, {@code .xml}, else text).
   */
  public ExperimentTests report(Path file) {
    reports.add(file);
    return this;
  }

  /**
   * Runs the experiment and reports it.
   *
   * @throws UncheckedIOException if a report cannot be written
   */
  public Stream<DynamicNode> tests() {
    ExperimentResult<?, ?, ?> result = plan.run();
    reports.forEach(file -> write(file, result));
    boolean tolerated = result.failedItems().size() <= maxFailedItems;
    Stream<DynamicTest> items = result.items().stream().map(item -> test(item, tolerated));
    return Stream.of(
        DynamicContainer.dynamicContainer("items of " + result.runName(), items),
        DynamicContainer.dynamicContainer("thresholds of " + result.runName(), thresholds(result)));
  }

  private static void write(Path file, ExperimentResult<?, ?, ?> result) {
    String name = file.toString();
    String ending = name.substring(name.lastIndexOf('.') + 1);
    String text =
        switch (ending) {
          case "md" -> result.toMarkdown();
          case "json" -> result.toJson();
          case "xml" -> result.toJUnitXml();
          default -> result.format(true);
        };
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The report " + file + " cannot be written.", e);
    }
  }

  private Stream<DynamicTest> thresholds(ExperimentResult<?, ?, ?> result) {
    Stream<DynamicTest> failed =
        Stream.of(
            DynamicTest.dynamicTest(
                "failed items <= " + maxFailedItems,
                () -> result.requireFailedItems(maxFailedItems)));
    Stream<DynamicTest> metrics =
        means.entrySet().stream()
            .map(
                mean ->
                    DynamicTest.dynamicTest(
                        "mean(" + mean.getKey() + ") >= " + mean.getValue(),
                        () -> result.requireMean(mean.getKey(), mean.getValue())));
    return Stream.of(failed, metrics, comparison(result)).flatMap(tests -> tests);
  }

  private Stream<DynamicTest> comparison(ExperimentResult<?, ?, ?> result) {
    EarlierRun run = earlier;
    return run == null
        ? Stream.empty()
        : result.compare(run).metrics().stream()
            .map(
                metric ->
                    DynamicTest.dynamicTest(
                        "mean(" + metric.name() + ") not below that of " + run.name(),
                        () -> result.requireMean(metric.name(), metric.before() - tolerance)));
  }

  private static DynamicTest test(ItemResult<?, ?, ?> item, boolean tolerated) {
    return DynamicTest.dynamicTest(
        item.index()
            + 1
            + " "
            + shortened(String.valueOf(item.item().input()))
            + " "
            + scores(item),
        () -> {
          Throwable error = item.error();
          if (error != null && tolerated) {
            throw new TestAbortedException(error.toString(), error);
          }
          if (error != null) {
            throw error;
          }
        });
  }

  private static String scores(ItemResult<?, ?, ?> item) {
    return item.evaluations().isEmpty() ? "" : item.evaluations().toString();
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
