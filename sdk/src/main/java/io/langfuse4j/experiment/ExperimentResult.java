package io.langfuse4j.experiment;

import io.langfuse4j.evaluator.Evaluation;
import io.langfuse4j.internal.json.PlainJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What came of a run: every item in the order of the data, failed ones with their error. Immutable.
 *
 * @param <I> the type of the inputs
 * @param <E> the type of the expected outputs
 * @param <O> the type of the outputs
 */
public final class ExperimentResult<
    I extends @Nullable Object, E extends @Nullable Object, O extends @Nullable Object> {

  private final ExperimentSpec spec;
  private final List<ItemResult<I, E, O>> items;
  private final List<Evaluation> runEvaluations;
  private final String experimentId;
  private final @Nullable String datasetRunId;
  private final @Nullable String datasetRunUrl;
  private final boolean complete;
  private final boolean delivered;

  ExperimentResult(
      ExperimentSpec spec,
      List<ItemResult<I, E, O>> items,
      List<Evaluation> runEvaluations,
      String experimentId,
      @Nullable String datasetRunId,
      @Nullable String datasetRunUrl,
      boolean complete,
      boolean delivered) {
    this.spec = spec;
    this.items = List.copyOf(items);
    this.runEvaluations = List.copyOf(runEvaluations);
    this.experimentId = experimentId;
    this.datasetRunId = datasetRunId;
    this.datasetRunUrl = datasetRunUrl;
    this.complete = complete;
    this.delivered = delivered;
  }

  public String name() {
    return spec.name();
  }

  public String runName() {
    return spec.runName();
  }

  public @Nullable String description() {
    return spec.description();
  }

  public Map<String, @Nullable Object> metadata() {
    return spec.metadata();
  }

  public List<ItemResult<I, E, O>> items() {
    return items;
  }

  /** The items whose task failed. */
  public List<ItemResult<I, E, O>> failedItems() {
    return items.stream().filter(ItemResult::isFailed).toList();
  }

  /** What the run evaluators said. */
  public List<Evaluation> runEvaluations() {
    return runEvaluations;
  }

  /** The id of the run on the server, or else one that all its traces share. */
  public String experimentId() {
    return experimentId;
  }

  /** The run on the server; null if the items are in no dataset there. */
  public @Nullable String datasetRunId() {
    return datasetRunId;
  }

  /** Where the run can be seen; null if it is on no server. */
  public @Nullable String datasetRunUrl() {
    return datasetRunUrl;
  }

  /** False if the thread that ran it was interrupted before every item was done. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether the server took all traces and scores in time; true where there is no server. */
  public boolean isDelivered() {
    return delivered;
  }

  /** The names of the item evaluations, in the order in which they first appear. */
  public Set<String> metrics() {
    Set<String> names = new LinkedHashSet<>();
    items.forEach(item -> item.evaluations().forEach(each -> names.add(each.name())));
    return names;
  }

  /**
   * The mean of a metric over the items that have it as a number or as yes and no; empty if none
   * does. Failed items have no metrics: see {@link #failedItems}.
   */
  public OptionalDouble mean(String metric) {
    return items.stream()
        .flatMap(item -> item.evaluations().stream())
        .filter(evaluation -> evaluation.name().equals(metric))
        .map(Evaluation::number)
        .filter(OptionalDouble::isPresent)
        .mapToDouble(OptionalDouble::getAsDouble)
        .average();
  }

  /** The value of the first run evaluation of that name; empty if there is none or no number. */
  public OptionalDouble runValue(String name) {
    return runEvaluations.stream()
        .filter(evaluation -> evaluation.name().equals(name))
        .map(Evaluation::number)
        .findFirst()
        .orElse(OptionalDouble.empty());
  }

  /**
   * Fails unless the mean of a metric, or else the run evaluation of that name, is at least this.
   *
   * @return this
   * @throws RegressionException if it is less, or there is none
   */
  public ExperimentResult<I, E, O> requireMean(String metric, double atLeast) {
    OptionalDouble mean = mean(metric).isPresent() ? mean(metric) : runValue(metric);
    if (mean.isEmpty()) {
      throw RegressionException.of(
          this,
          metric,
          null,
          atLeast,
          "Nothing was measured as `" + metric + "`, expected at least " + atLeast);
    }
    if (mean.getAsDouble() < atLeast) {
      throw RegressionException.of(this, metric, mean.getAsDouble(), atLeast, null);
    }
    return this;
  }

  /**
   * Fails if more tasks failed than these.
   *
   * @return this
   */
  public ExperimentResult<I, E, O> requireFailedItems(int atMost) {
    List<ItemResult<I, E, O>> failed = failedItems();
    if (failed.size() > atMost) {
      throw RegressionException.of(
          this,
          "failed items",
          (double) failed.size(),
          (double) atMost,
          failed.size() + " items failed, at most " + atMost + " may; the first: " + failed.get(0));
    }
    return this;
  }

  /** How this differs from an earlier run over the same items. */
  public ExperimentComparison compare(ExperimentResult<?, ?, ?> earlier) {
    return compare(EarlierRun.of(earlier));
  }

  /** How this differs from an earlier run over the same items, out of a file or on the server. */
  public ExperimentComparison compare(EarlierRun earlier) {
    return ExperimentComparison.of(earlier, this);
  }

  /** A summary as text, without the single items. */
  public String format() {
    return format(false);
  }

  /** The text that the other SDKs print. */
  public String format(boolean includeItems) {
    return new ResultFormat(this).text(includeItems);
  }

  /** A row for each item, for a terminal. */
  public String toTable() {
    return new ResultFormat(this).table();
  }

  /** A summary and a row for each item, for a comment on a change. */
  public String toMarkdown() {
    return new ResultFormat(this).markdown();
  }

  /** A test case for each item, so that a build server shows failures. */
  public String toJUnitXml() {
    return new ResultFormat(this).junitXml();
  }

  /** Everything, for programs. */
  public String toJson() {
    return PlainJson.writePretty(asMap());
  }

  private Map<String, @Nullable Object> asMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", name());
    map.put("runName", runName());
    map.put("description", description());
    map.put("metadata", metadata());
    map.put("experimentId", experimentId);
    map.put("datasetRunId", datasetRunId);
    map.put("datasetRunUrl", datasetRunUrl);
    map.put("complete", complete);
    Map<String, Double> means = new LinkedHashMap<>();
    metrics().forEach(metric -> mean(metric).ifPresent(mean -> means.put(metric, mean)));
    map.put("means", means);
    map.put("runEvaluations", runEvaluations.stream().map(Evaluation::asMap).toList());
    List<Map<String, @Nullable Object>> itemMaps = new ArrayList<>();
    items.forEach(item -> itemMaps.add(asMap(item)));
    map.put("items", itemMaps);
    return map;
  }

  private static Map<String, @Nullable Object> asMap(ItemResult<?, ?, ?> item) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("itemId", item.itemId());
    map.put("input", shown(item.item().input()));
    map.put("expectedOutput", shown(item.item().expectedOutput()));
    map.put("metadata", item.item().metadata());
    map.put("output", shown(item.output()));
    map.put("error", Objects.toString(item.error(), null));
    map.put("evaluations", item.evaluations().stream().map(Evaluation::asMap).toList());
    Map<String, String> errors = new LinkedHashMap<>();
    item.evaluatorErrors().forEach((name, error) -> errors.put(name, error.toString()));
    map.put("evaluatorErrors", errors);
    map.put("traceId", item.traceId());
    map.put("durationMillis", item.duration().toMillis());
    return map;
  }

  /** Values that have no JSON are shown by their text. */
  private static @Nullable Object shown(@Nullable Object value) {
    try {
      PlainJson.write(value);
      return value;
    } catch (IllegalArgumentException e) {
      return String.valueOf(value);
    }
  }

  @Override
  public String toString() {
    return format();
  }
}
