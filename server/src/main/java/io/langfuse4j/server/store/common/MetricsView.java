package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.MetricsQuery.Granularity;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the metrics of one view are made of, as SQL: the rows, their time, and an expression for
 * each dimension and measure by the name that Langfuse gives it, in the order that errors list.
 *
 * @param alias the table that the rows come from
 * @param time milliseconds since 1970
 */
public record MetricsView(
    String alias,
    String time,
    Map<String, String> dimensions,
    Map<String, String> measures,
    Columns filters) {

  /** A measure that is no value of a row, but one for every row. */
  private static final String ROW = "1";

  /** Dimensions that no listed column says to be numbers. */
  private static final Set<String> NUMBERS = Set.of("booleanValue", "observationPromptVersion");

  static MetricsView traces(SqlDialect sql, Columns listed) {
    return new Builder("t", "t.timestamp")
        .dimension("id", "t.id")
        .dimension("name", "t.name")
        .dimension("tags", "t.tags")
        .dimension("userId", "t.user_id")
        .dimension("sessionId", "t.session_id")
        .dimension("release", "t.release")
        .dimension("version", "t.version")
        .dimension("environment", "t.environment")
        .dimension("timestampMonth", month(sql, "t.timestamp"))
        .measure("count", ROW)
        .measure("observationsCount", "t.observations")
        .measure("scoresCount", sql.scoresOfTrace())
        .measure("uniqueUserIds", "t.user_id")
        .measure("uniqueSessionIds", "t.session_id")
        .measure("latency", sql.traceMillis())
        .measure("totalTokens", "t.total_tokens")
        .measure("totalCost", "t.total_cost")
        .build(listed);
  }

  static MetricsView observations(SqlDialect sql, Columns listed) {
    return new Builder("o", "o.start_time")
        .dimension("id", "o.id")
        .dimension("traceId", sql.traceId())
        .dimension("traceName", "t.name")
        .dimension("environment", "o.environment")
        .dimension("parentObservationId", "o.parent_id")
        .dimension("type", "o.type")
        .dimension("name", "o.name")
        .dimension("level", "o.level")
        .dimension("version", "o.version")
        .dimension("release", "o.release")
        .dimension("tags", "t.tags")
        .dimension("providedModelName", "o.model")
        .dimension("promptName", "o.prompt_name")
        .dimension("promptVersion", "o.prompt_version")
        .dimension("userId", "t.user_id")
        .dimension("sessionId", "t.session_id")
        .dimension("traceRelease", "t.release")
        .dimension("traceVersion", "t.version")
        .dimension("isRootObservation", "(o.root OR o.app_root)")
        .dimension("startTimeMonth", month(sql, "o.start_time"))
        .dimension("usageType", sql.kindOf("usage"))
        .dimension("costType", sql.kindOf("cost"))
        .dimension("experimentId", sql.experiment("id"))
        .dimension("experimentName", sql.experiment("name"))
        .dimension("experimentDatasetId", sql.experiment("dataset_id"))
        .dimension("toolNames", sql.eachTool(false))
        .dimension("calledToolNames", sql.eachTool(true))
        .measure("count", ROW)
        .measure("latency", SqlDialect.MILLIS)
        .measure("streamingLatency", "(o.end_time - o.completion_start_time)")
        .measure("inputTokens", "o.input_tokens")
        .measure("outputTokens", "o.output_tokens")
        .measure("totalTokens", "o.total_tokens")
        .measure(
            "outputTokensPerSecond",
            "o.output_tokens * 1000.0 / nullIf(o.end_time - o.completion_start_time, 0)")
        .measure(
            "tokensPerSecond", "o.total_tokens * 1000.0 / nullIf(" + SqlDialect.MILLIS + ", 0)")
        .measure("inputCost", "o.input_cost")
        .measure("outputCost", "o.output_cost")
        .measure("totalCost", "o.total_cost")
        .measure("timeToFirstToken", "(o.completion_start_time - o.start_time)")
        .measure("countScores", sql.scoresOfObservation())
        .measure("uniqueUserIds", "t.user_id")
        .measure("uniqueSessionIds", "t.session_id")
        .measure("traceIds", sql.traceKey())
        .measure("toolDefinitions", sql.tools(false))
        .measure("toolCalls", sql.tools(true))
        .measure("costByType", sql.amountOf("cost"))
        .measure("usageByType", sql.amountOf("usage"))
        .build(listed);
  }

  static MetricsView scores(SqlDialect sql, Columns listed) {
    return new Builder("s", "s.timestamp")
        .dimension("id", "s.id")
        .dimension("environment", "s.environment")
        .dimension("name", "s.name")
        .dimension("source", "s.source")
        .dimension("dataType", "s.data_type")
        .dimension("traceId", "s.trace_id")
        .dimension("configId", "s.config_id")
        .dimension("observationId", "s.observation_id")
        .dimension("datasetRunId", "s.dataset_run_id")
        .dimension("timestampMonth", month(sql, "s.timestamp"))
        .dimension("timestampDay", sql.interval(Granularity.DAY, "s.timestamp"))
        .dimension("evaluatorId", "NULL")
        .dimension("experimentId", "coalesce(i.experiment_id, s.dataset_run_id)")
        .dimension("experimentName", "i.experiment_name")
        .dimension("value", "s.value")
        .dimension("stringValue", "s.string_value")
        .dimension("booleanValue", "s.value")
        .dimension("traceName", "t.name")
        .dimension("userId", "t.user_id")
        .dimension("sessionId", "coalesce(s.session_id, t.session_id)")
        .dimension("tags", "t.tags")
        .dimension("traceRelease", "t.release")
        .dimension("traceVersion", "t.version")
        .dimension("observationName", "o.name")
        .dimension("observationModelName", "o.model")
        .dimension("observationPromptName", "o.prompt_name")
        .dimension("observationPromptVersion", "o.prompt_version")
        .measure("count", ROW)
        .measure("value", "s.value")
        .build(listed);
  }

  /** Months are told apart by {@code 2026-11}; as intervals of time they begin on a day. */
  private static String month(SqlDialect sql, String millis) {
    return "substr(" + sql.interval(Granularity.MONTH, millis) + ", 1, 7)";
  }

  /**
   * The expression of a dimension.
   *
   * @throws UnsupportedColumnException if the view has none of that name
   */
  public String dimension(String name) {
    return find(dimensions, "dimension", name);
  }

  /**
   * The expression of a measure's values.
   *
   * @throws UnsupportedColumnException if the view has none of that name
   */
  public String measure(String name) {
    return find(measures, "measure", name);
  }

  private static String find(Map<String, String> known, String kind, String name) {
    String sql = known.get(name);
    if (sql == null) {
      throw new UnsupportedColumnException(
          "Invalid "
              + kind
              + " '"
              + name
              + "'. Must be one of "
              + String.join(", ", known.keySet()));
    }
    return sql;
  }

  /** Whether expressions use one of these tables, given by their aliases. */
  public static boolean mentions(String expressions, String... aliases) {
    return Pattern.compile("(?<![a-z_])(" + String.join("|", aliases) + ")\\.")
        .matcher(expressions)
        .find();
  }

  private static final class Builder {
    private final String alias;
    private final String time;
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final Map<String, String> measures = new LinkedHashMap<>();

    Builder(String alias, String time) {
      this.alias = alias;
      this.time = time;
    }

    Builder dimension(String name, String sql) {
      dimensions.put(name, sql);
      return this;
    }

    Builder measure(String name, String sql) {
      measures.put(name, sql);
      return this;
    }

    /** Dimensions can be filtered by as well, unless they need more than an expression. */
    MetricsView build(Columns listed) {
      Map<String, Column> filters = new LinkedHashMap<>(listed.byId());
      dimensions.forEach(
          (name, sql) -> {
            Column plain = NUMBERS.contains(name) ? Column.number(sql) : Column.text(sql);
            filters.merge(
                name,
                plain,
                (known, unused) -> known.kind() == Column.Kind.PLAIN ? known.as(sql) : known);
          });
      return new MetricsView(
          alias, time, dimensions, measures, new Columns(listed.rows(), filters));
    }
  }
}
