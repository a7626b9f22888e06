package io.langfuse4j.junit;

import io.langfuse4j.experiment.ExperimentPlan;
import io.langfuse4j.experiment.ExperimentResult;
import io.langfuse4j.experiment.ItemResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
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
   * So many tasks may fail; the tests of the items that did are then aborted instead of failed.
   * Default 0.
   */
  public ExperimentTests maxFailedItems(int atMost) {
    this.maxFailedItems = atMost;
    return this;
  }

  /** Runs the experiment and reports it. */
  public Stream<DynamicNode> tests() {
    ExperimentResult<?, ?, ?> result = plan.run();
    boolean tolerated = result.failedItems().size() <= maxFailedItems;
    Stream<DynamicTest> items = result.items().stream().map(item -> test(item, tolerated));
    return Stream.of(
        DynamicContainer.dynamicContainer("items of " + result.runName(), items),
        DynamicContainer.dynamicContainer("thresholds of " + result.runName(), thresholds(result)));
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
    return Stream.concat(failed, metrics);
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
