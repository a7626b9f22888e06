package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.SqlDialect;
import io.langfuse4j.server.store.common.Vocabulary;

/** ClickHouse's, over these tables: numbers of scores are {@code x}. */
final class ClickHouseDialect implements SqlDialect {
  static final SqlDialect SQL = new ClickHouseDialect();
  static final Vocabulary TERMS = new Vocabulary(SQL);

  private ClickHouseDialect() {}

  @Override
  public String greater(String left, String right) {
    return "greatest(" + left + ", " + right + ")";
  }

  @Override
  public String numberAsText(String number) {
    return "toString(" + number + ")";
  }

  @Override
  public String interval(Granularity granularity, String millis) {
    String time = "fromUnixTimestamp64Milli(" + millis + ", 'UTC')";
    return switch (granularity) {
      case MINUTE -> "formatDateTime(" + time + ", '%FT%H:%i:00Z')";
      case HOUR -> "formatDateTime(" + time + ", '%FT%H:00:00Z')";
      case DAY -> "formatDateTime(" + time + ", '%F')";
      case WEEK -> "formatDateTime(toMonday(" + time + "), '%F')";
      case MONTH -> "formatDateTime(toStartOfMonth(" + time + "), '%F')";
    };
  }

  @Override
  public String percentile(String values, double rank) {
    return "quantileExactInclusive(" + rank + ")(" + values + ")";
  }

  /** A list of [from, to, number], of equal widths; empty without any value. */
  @Override
  public String histogram(String numbers, int bins) {
    String values = "groupArray(toFloat64(" + numbers + "))";
    String least = "arrayMin(" + values + ")";
    String most = "arrayMax(" + values + ")";
    String number = "if(" + least + " = " + most + ", 1, " + Math.max(1, bins) + ")";
    String width = "((" + most + " - " + least + ") / " + number + ")";
    String bin =
        "if("
            + width
            + " = 0, 0, least(toInt64(floor((v - "
            + least
            + ") / "
            + width
            + ")), "
            + number
            + " - 1))";
    return "if(empty("
        + values
        + "), [], arrayMap(i -> [toFloat64("
        + least
        + " + "
        + width
        + " * i), toFloat64(if(i = "
        + number
        + " - 1, "
        + most
        + ", "
        + least
        + " + "
        + width
        + " * (i + 1))), toFloat64(arrayCount(v -> "
        + bin
        + " = i, "
        + values
        + "))], range(toUInt32("
        + number
        + "))))";
  }

  @Override
  public String metadata(String table) {
    return table + ".metadata";
  }

  @Override
  public String content(String part) {
    return "o." + part;
  }

  @Override
  public String toolNames(boolean called) {
    return called
        ? "arrayMap(c -> JSONExtractString(c, 'name'), " + calls() + ")"
        : "arrayMap(d -> d.1, " + definitions() + ")";
  }

  @Override
  public String eachTool(boolean called) {
    return "arrayJoin(" + toolNames(called) + ")";
  }

  @Override
  public String tools(boolean called) {
    return "length(" + (called ? calls() : definitions()) + ")";
  }

  private static String calls() {
    return "JSONExtractArrayRaw(o.details, 'tools', 'calls')";
  }

  private static String definitions() {
    return "JSONExtractKeysAndValuesRaw(o.details, 'tools', 'definitions')";
  }

  @Override
  public String experimentOfObservation(String property) {
    return "nullIf(JSONExtractString(o.details, 'experiment', '" + property + "'), '')";
  }

  @Override
  public String isExperimentItem() {
    return "(o.experiment_item_id IS NOT NULL)";
  }

  @Override
  public Column traceIdOfObservation() {
    return Column.text(traceId());
  }

  @Override
  public String traceId() {
    return "o.trace_id";
  }

  @Override
  public String traceKey() {
    return traceId();
  }

  @Override
  public String experiment(String property) {
    return "o.experiment_" + property;
  }

  @Override
  public String kindOf(String amounts) {
    return entries(amounts) + ".1";
  }

  @Override
  public String amountOf(String amounts) {
    return entries(amounts) + ".2";
  }

  private static String entries(String amounts) {
    String type = "usage".equals(amounts) ? "Int64" : "Float64";
    return "arrayJoin(JSONExtractKeysAndValues(o." + amounts + ", '" + type + "'))";
  }

  @Override
  public String scoresOfTrace() {
    return "coalesce(x.scores, 0)";
  }

  @Override
  public String scoresOfObservation() {
    return "coalesce(x.scores, 0)";
  }
}
