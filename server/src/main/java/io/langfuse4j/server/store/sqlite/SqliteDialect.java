package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.SqlDialect;
import io.langfuse4j.server.store.common.Vocabulary;

/**
 * SQLite's, over these tables: kinds of usage and cost are {@code u} and {@code c}, items of
 * experiments {@code e}.
 */
final class SqliteDialect implements SqlDialect {
  static final SqlDialect SQL = new SqliteDialect();
  static final Vocabulary TERMS = new Vocabulary(SQL);

  private SqliteDialect() {}

  /** What trace_term calls the values of a column that has several. */
  static String term(String column) {
    return switch (column) {
      case "tags" -> "tag";
      case "models" -> "model";
      case "types" -> "type";
      default -> throw new IllegalArgumentException(column);
    };
  }

  @Override
  public String greater(String left, String right) {
    return "max(" + left + ", " + right + ")";
  }

  @Override
  public String numberAsText(String number) {
    return "printf('%.15g', " + number + ")";
  }

  @Override
  public String interval(Granularity granularity, String millis) {
    String seconds = millis + " / 1000, 'unixepoch'";
    return switch (granularity) {
      case MINUTE -> "strftime('%Y-%m-%dT%H:%M:00Z', " + seconds + ")";
      case HOUR -> "strftime('%Y-%m-%dT%H:00:00Z', " + seconds + ")";
      case DAY -> "strftime('%Y-%m-%d', " + seconds + ")";
      case WEEK -> "strftime('%Y-%m-%d', " + seconds + ", '-6 days', 'weekday 1')";
      case MONTH -> "strftime('%Y-%m-01', " + seconds + ")";
    };
  }

  @Override
  public String percentile(String values, double rank) {
    return "langfuse_percentile(" + values + ", " + rank + ")";
  }

  @Override
  public String histogram(String values, int bins) {
    return "langfuse_histogram(" + values + ", " + bins + ")";
  }

  @Override
  public String metadata(String table) {
    return switch (table) {
      case "t" -> "(SELECT metadata FROM trace_content WHERE trace = t.pk)";
      case "o" -> "(SELECT details FROM observation_content WHERE observation = o.pk)";
      default -> table + ".metadata";
    };
  }

  @Override
  public Column traceIdOfObservation() {
    return Column.ofTrace("id");
  }

  @Override
  public String traceId() {
    return "t.id";
  }

  @Override
  public String traceKey() {
    return "o.trace";
  }

  @Override
  public String experiment(String property) {
    return "dataset_id".equals(property) ? "e.dataset_id" : "e.experiment_" + property;
  }

  @Override
  public String kindOf(String amounts) {
    return amounts.charAt(0) + ".key";
  }

  @Override
  public String amountOf(String amounts) {
    return amounts.charAt(0) + ".value";
  }

  @Override
  public String scoresOfTrace() {
    return "(SELECT count(*) FROM score x WHERE x.trace_id = t.id AND x.project = t.project)";
  }

  @Override
  public String scoresOfObservation() {
    return "(SELECT count(*) FROM score x WHERE x.observation_id = o.id"
        + " AND x.trace_id = t.id AND x.project = o.project)";
  }
}
