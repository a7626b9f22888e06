package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.MetricsQuery.Granularity;

/**
 * How one engine, with its tables, says what {@link Vocabulary} speaks of. Traces are {@code t},
 * observations {@code o}, scores {@code s} and the experiments of their traces {@code i}; other
 * tables are joined by whoever mentions them.
 */
public interface SqlDialect {
  /** How long an observation took; null if it has not ended. */
  String MILLIS = "(o.end_time - o.start_time)";

  /** How long a trace took, from the first start to the last end or start. */
  default String traceMillis() {
    return "("
        + greater("t.last_start", "coalesce(t.last_end, t.last_start)")
        + " - t.first_start)";
  }

  /** The greater of two numbers. */
  String greater(String left, String right);

  String numberAsText(String number);

  /** The start of the interval that milliseconds since 1970 fall into, as text that sorts. */
  String interval(Granularity granularity, String millis);

  /** What rows of one interval have in common, in whichever form the store reads it. */
  default String group(Granularity granularity, String millis) {
    return interval(granularity, millis);
  }

  /** An aggregate: the value at a rank from 0 to 1, between neighbours in proportion. */
  String percentile(String values, double rank);

  /** An aggregate: values by bins of equal widths, in whichever form the store reads it. */
  String histogram(String values, int bins);

  /** The JSON object with the metadata of {@code t}, {@code o} or {@code s}. */
  String metadata(String table);

  /** The {@code input} or {@code output} of {@code o} as text. */
  String content(String part);

  /** The names of tools that {@code o} offered or called, in whichever form lists have. */
  String toolNames(boolean called);

  /** How many tools {@code o} offered or calls it asked for. */
  String tools(boolean called);

  /** Of the experiment that {@code o} says it belongs to: id, name or datasetId. */
  String experimentOfObservation(String property);

  /** Whether {@code o} is where an experiment's item begins. */
  String isExperimentItem();

  /** For filtering observations by the trace's id. */
  Column traceIdOfObservation();

  /** The trace's id, of an observation. */
  String traceId();

  /** Whatever tells the traces of observations apart. */
  String traceKey();

  /** Of the experiment's item that an observation belongs to: id, name, dataset_id or item_id. */
  String experiment(String property);

  /** The kinds of {@code usage} or {@code cost} of an observation, one row for each. */
  String kindOf(String amounts);

  /** The names of {@link #toolNames}, one row for each. */
  String eachTool(boolean called);

  /** The amount that belongs to {@link #kindOf}. */
  String amountOf(String amounts);

  /** How many scores a trace has. */
  String scoresOfTrace();

  /** How many scores an observation has. */
  String scoresOfObservation();
}
