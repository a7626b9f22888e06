package io.langfuse4j.experiment;

import org.jspecify.annotations.Nullable;

/** A result that is worse than it may be: fails a test, and with it a build. */
public final class RegressionException extends AssertionError {

  private static final long serialVersionUID = 1;

  private final transient ExperimentResult<?, ?, ?> result;
  private final @Nullable String metric;
  private final @Nullable Double value;
  private final @Nullable Double threshold;

  private RegressionException(
      ExperimentResult<?, ?, ?> result,
      @Nullable String metric,
      @Nullable Double value,
      @Nullable Double threshold,
      @Nullable String message) {
    super(message == null ? message(metric, value, threshold) : message);
    this.result = result;
    this.metric = metric;
    this.value = value;
    this.threshold = threshold;
  }

  /** Said in words. */
  public static RegressionException of(ExperimentResult<?, ?, ?> result, @Nullable String message) {
    return new RegressionException(result, null, null, null, message);
  }

  /**
   * A metric that missed its threshold.
   *
   * @param message null for one made of the others
   */
  public static RegressionException of(
      ExperimentResult<?, ?, ?> result,
      @Nullable String metric,
      @Nullable Double value,
      @Nullable Double threshold,
      @Nullable String message) {
    return new RegressionException(result, metric, value, threshold, message);
  }

  private static String message(
      @Nullable String metric, @Nullable Double value, @Nullable Double threshold) {
    if (metric == null || value == null) {
      return "Experiment regression detected";
    }
    String limit = threshold == null ? "" : " (threshold " + threshold + ")";
    return "Regression on `" + metric + "`: " + value + limit;
  }

  public ExperimentResult<?, ?, ?> result() {
    return result;
  }

  public @Nullable String metric() {
    return metric;
  }

  public @Nullable Double value() {
    return value;
  }

  public @Nullable Double threshold() {
    return threshold;
  }
}
