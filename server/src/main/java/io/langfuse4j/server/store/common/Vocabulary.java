package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.MetricsQuery.View;

/** What rows are filtered, ordered and measured by, in the SQL of one engine. Immutable. */
public final class Vocabulary {
  private final Columns traces;
  private final Columns observations;
  private final Columns scores;
  private final Columns experiments;
  private final MetricsView ofTraces;
  private final MetricsView ofObservations;
  private final MetricsView ofScores;

  public Vocabulary(SqlDialect sql) {
    this.traces = Columns.traces(sql);
    this.observations = Columns.observations(sql);
    this.scores = Columns.scores(sql);
    this.experiments = Columns.experiments(sql);
    this.ofTraces = MetricsView.traces(sql, traces);
    this.ofObservations = MetricsView.observations(sql, observations);
    this.ofScores = MetricsView.scores(sql, scores);
  }

  /** Over traces {@code t}. */
  public Columns traces() {
    return traces;
  }

  /** Over observations {@code o}. */
  public Columns observations() {
    return observations;
  }

  /** Over scores {@code s}. */
  public Columns scores() {
    return scores;
  }

  /** Over items of experiments. */
  public Columns experiments() {
    return experiments;
  }

  public MetricsView metrics(View view) {
    return switch (view) {
      case TRACES -> ofTraces;
      case OBSERVATIONS -> ofObservations;
      case SCORES_NUMERIC, SCORES_CATEGORICAL, SCORES_BOOLEAN -> ofScores;
    };
  }
}
