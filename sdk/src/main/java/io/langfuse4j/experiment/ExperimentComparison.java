package io.langfuse4j.experiment;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Two runs over the same items, metric by metric. Items are matched by their ids, which are made of
 * their inputs where they are in no dataset. Immutable.
 *
 * @param metrics those that both runs have as numbers
 */
public record ExperimentComparison(String before, String after, List<Metric> metrics) {

  /**
   * A metric in both runs.
   *
   * @param before its mean over all items of the earlier run
   * @param after its mean over all items of the later run
   * @param better ids of the items whose value rose
   * @param worse ids of the items whose value fell
   */
  public record Metric(
      String name, double before, double after, List<String> better, List<String> worse) {

    public double change() {
      return after - before;
    }
  }

  static ExperimentComparison of(EarlierRun before, ExperimentResult<?, ?, ?> after) {
    List<Metric> metrics = new ArrayList<>();
    for (String name : after.metrics()) {
      OptionalDouble mean = before.mean(name);
      OptionalDouble laterMean = after.mean(name);
      if (mean.isPresent() && laterMean.isPresent()) {
        metrics.add(metric(name, mean.getAsDouble(), laterMean.getAsDouble(), before, after));
      }
    }
    return new ExperimentComparison(before.name(), after.runName(), List.copyOf(metrics));
  }

  private static Metric metric(
      String name,
      double meanBefore,
      double meanAfter,
      EarlierRun before,
      ExperimentResult<?, ?, ?> after) {
    List<String> better = new ArrayList<>();
    List<String> worse = new ArrayList<>();
    for (ItemResult<?, ?, ?> item : after.items()) {
      Double earlier = before.value(name, item.itemId());
      OptionalDouble later = item.value(name);
      if (earlier != null && later.isPresent() && later.getAsDouble() != earlier) {
        (later.getAsDouble() > earlier ? better : worse).add(item.itemId());
      }
    }
    return new Metric(name, meanBefore, meanAfter, List.copyOf(better), List.copyOf(worse));
  }

  /** A row for each metric. */
  public String toTable() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("metric", before, after, "change", "better", "worse"));
    for (Metric metric : metrics) {
      rows.add(
          List.of(
              metric.name(),
              String.format(Locale.ROOT, "%.3f", metric.before()),
              String.format(Locale.ROOT, "%.3f", metric.after()),
              String.format(Locale.ROOT, "%+.3f", metric.change()),
              Integer.toString(metric.better().size()),
              Integer.toString(metric.worse().size())));
    }
    return ResultFormat.table(rows);
  }

  @Override
  public String toString() {
    return toTable();
  }
}
