package io.langfuse4j.server.store.sqlite.query;

import io.langfuse4j.server.store.Intervals;
import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.SqlDialect;
import io.langfuse4j.server.store.common.Vocabulary;
import io.langfuse4j.server.store.sqlite.functions.Numbers;

/**
 * SQLite's, over these tables: kinds of usage and cost are {@code u} and {@code c}, items of
 * experiments {@code e}, names of tools {@code k} and of called ones {@code l}.
 */
public final class SqliteDialect implements SqlDialect {
  public static final SqlDialect SQL = new SqliteDialect();
  public static final Vocabulary TERMS = new Vocabulary(SQL);

  /**
   * From a Monday before Christ to 1970, whose first day was a Thursday: counted from there, weeks
   * begin at multiples of seven days, and SQLite, which rounds towards nought, rounds down.
   */
  private static final long SHIFT = (200_000 * 7 + 3) * 86_400_000L;

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
    String seconds = millis + " / 1000.0, 'unixepoch'";
    return switch (granularity) {
      case MINUTE -> "strftime('%Y-%m-%dT%H:%M:00Z', " + seconds + ")";
      case HOUR -> "strftime('%Y-%m-%dT%H:00:00Z', " + seconds + ")";
      case DAY -> "strftime('%Y-%m-%d', " + seconds + ")";
      case WEEK -> "strftime('%Y-%m-%d', " + seconds + ", '-6 days', 'weekday 1')";
      case MONTH -> "strftime('%Y-%m-01', " + seconds + ")";
    };
  }

  /**
   * A number: sorting those is much cheaper than sorting text. {@link #start} knows what it means.
   */
  @Override
  public String group(Granularity granularity, String millis) {
    return switch (granularity) {
      case MINUTE, HOUR, DAY, WEEK ->
          "(" + millis + " + " + SHIFT + ") / " + Intervals.shortestMillis(granularity);
      case MONTH -> interval(granularity, millis);
    };
  }

  /** The text of {@link #interval} for a value of {@link #group}. */
  public static Object start(Granularity granularity, Object group) {
    if (!(group instanceof Number count)) {
      return group;
    }
    long start = count.longValue() * Intervals.shortestMillis(granularity) - SHIFT;
    return Intervals.text(granularity, start);
  }

  @Override
  public String percentile(String values, double rank) {
    return "langfuse_percentile(" + Numbers.gathered(values) + ", " + rank + ")";
  }

  @Override
  public String histogram(String values, int bins) {
    return "langfuse_histogram(" + Numbers.gathered(values) + ", " + bins + ")";
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
  public String content(String part) {
    return "content_text((SELECT " + part + " FROM observation_content WHERE observation = o.pk))";
  }

  @Override
  public String toolNames(boolean called) {
    return "tool_names(" + metadata("o") + ", " + (called ? 1 : 0) + ")";
  }

  @Override
  public String eachTool(boolean called) {
    return called ? "l.value" : "k.value";
  }

  @Override
  public String tools(boolean called) {
    return "tool_count(" + metadata("o") + ", " + (called ? 1 : 0) + ")";
  }

  @Override
  public String experimentOfObservation(String property) {
    return "experiment_value(" + metadata("o") + ", '" + property + "')";
  }

  @Override
  public String isExperimentItem() {
    return "(o.pk IN (SELECT observation FROM experiment_item))";
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
    return property.endsWith("_id") ? "e." + property : "e.experiment_" + property;
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
