package io.langfuse4j.experiment;

import io.langfuse4j.Langfuse;
import io.langfuse4j.api.DatasetRunItem;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.ScoreDetails;
import io.langfuse4j.api.Trace;
import io.langfuse4j.internal.json.PlainJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of a run that a later one is compared with: of this program, out of a file that an
 * earlier build left, or on the server. Immutable.
 */
public final class EarlierRun {

  private final String name;

  /** By metric and item, in order. */
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  private EarlierRun(String name) {
    this.name = name;
  }

  /** A run of this program. */
  public static EarlierRun of(ExperimentResult<?, ?, ?> result) {
    EarlierRun run = new EarlierRun(result.runName());
    for (ItemResult<?, ?, ?> item : result.items()) {
      item.evaluations().forEach(each -> run.add(each.name(), item.itemId(), each.number()));
    }
    return run;
  }

  /**
   * What {@link ExperimentResult#toJson} wrote.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static EarlierRun ofJson(String json) {
    try {
      if (PlainJson.read(json) instanceof Map<?, ?> result
          && result.get("items") instanceof List<?> items) {
        EarlierRun run = new EarlierRun(String.valueOf(result.get("runName")));
        items.forEach(run::addItem);
        return run;
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not the JSON of an experiment's result: " + e, e);
    }
    throw new IllegalArgumentException("not the JSON of an experiment's result");
  }

  private void addItem(@Nullable Object item) {
    if (item instanceof Map<?, ?> fields && fields.get("evaluations") instanceof List<?> several) {
      for (Object each : several) {
        if (each instanceof Map<?, ?> evaluation) {
          add(
              String.valueOf(evaluation.get("name")),
              String.valueOf(fields.get("itemId")),
              number(evaluation.get("value")));
        }
      }
    }
  }

  /**
   * A run over a dataset of the server: the scores that its traces have now, those that people gave
   * them included. Asks once for each item.
   *
   * @throws LangfuseApiException if the server does not answer, or has no such run
   */
  public static EarlierRun onServer(Langfuse langfuse, String datasetName, String runName) {
    EarlierRun run = new EarlierRun(runName);
    for (DatasetRunItem item : langfuse.datasets().run(datasetName, runName).datasetRunItems()) {
      Trace trace = langfuse.api().traces().get(String.valueOf(item.traceId()));
      for (ScoreDetails score : trace.scores()) {
        run.add(score.name(), String.valueOf(item.datasetItemId()), number(score.value()));
      }
    }
    return run;
  }

  private static OptionalDouble number(@Nullable Object value) {
    if (value instanceof Boolean yes) {
      return OptionalDouble.of(yes ? 1 : 0);
    }
    return value instanceof Number number
        ? OptionalDouble.of(number.doubleValue())
        : OptionalDouble.empty();
  }

  private void add(String metric, String itemId, OptionalDouble value) {
    if (value.isPresent()) {
      values
          .computeIfAbsent(metric, each -> new LinkedHashMap<>())
          .computeIfAbsent(itemId, each -> new ArrayList<>())
          .add(value.getAsDouble());
    }
  }

  /** The name of the run. */
  public String name() {
    return name;
  }

  /** The metrics that some item has as a number, or as yes and no. */
  public Set<String> metrics() {
    return Set.copyOf(values.keySet());
  }

  /** The mean of a metric over the items that have it; empty if none does. */
  public OptionalDouble mean(String metric) {
    return values.getOrDefault(metric, Map.of()).values().stream()
        .flatMap(List::stream)
        .mapToDouble(value -> value)
        .average();
  }

  /** The first value of a metric for an item; null if there is none. */
  @Nullable Double value(String metric, String itemId) {
    List<Double> several = values.getOrDefault(metric, Map.of()).get(itemId);
    return several == null ? null : several.get(0);
  }
}
