package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the metrics of one view are made of, as SQL: the rows, their time, and an expression for
 * each dimension and measure by the name that Langfuse gives it.
 */
record MetricsView(
    String alias,
    String time,
    Map<String, String> dimensions,
    Map<String, String> measures,
    Columns filters) {

  /** A measure that is no value of a row, but one for every row. */
  static final String ROW = "1";

  private static final Set<String> NUMBERS = Set.of("booleanValue", "observationPromptVersion");

  private static final String MONTH =
      "formatDateTime(toStartOfMonth(fromUnixTimestamp64Milli(%s, 'UTC')), '%%F')";
  private static final String DAY = "formatDateTime(fromUnixTimestamp64Milli(%s, 'UTC'), '%%F')";
  private static final String USAGE = "arrayJoin(JSONExtractKeysAndValues(o.usage, 'Int64'))";
  private static final String COST = "arrayJoin(JSONExtractKeysAndValues(o.cost, 'Float64'))";

  private static final MetricsView TRACES =
      new Builder("t", "t.timestamp")
          .dimension("id", "t.id")
          .dimension("name", "t.name")
          .dimension("tags", "t.tags")
          .dimension("userId", "t.user_id")
          .dimension("sessionId", "t.session_id")
          .dimension("release", "t.release")
          .dimension("version", "t.version")
          .dimension("environment", "t.environment")
          .dimension("timestampMonth", MONTH.formatted("t.timestamp"))
          .measure("count", ROW)
          .measure("observationsCount", "t.observations")
          .measure("scoresCount", "coalesce(x.scores, 0)")
          .measure("uniqueUserIds", "t.user_id")
          .measure("uniqueSessionIds", "t.session_id")
          .measure("latency", Columns.TRACE_MILLIS)
          .measure("totalTokens", "t.total_tokens")
          .measure("totalCost", "t.total_cost")
          .build(Columns.TRACES);

  private static final MetricsView OBSERVATIONS =
      new Builder("o", "o.start_time")
          .dimension("id", "o.id")
          .dimension("traceId", "o.trace_id")
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
          .dimension("startTimeMonth", MONTH.formatted("o.start_time"))
          .dimension("usageType", USAGE + ".1")
          .dimension("costType", COST + ".1")
          .dimension("experimentId", "o.experiment_id")
          .dimension("experimentName", "o.experiment_name")
          .dimension("experimentDatasetId", "o.experiment_dataset_id")
          .measure("count", ROW)
          .measure("latency", Columns.MILLIS)
          .measure("streamingLatency", "(o.end_time - o.completion_start_time)")
          .measure("inputTokens", "o.input_tokens")
          .measure("outputTokens", "o.output_tokens")
          .measure("totalTokens", "o.total_tokens")
          .measure(
              "outputTokensPerSecond",
              "o.output_tokens * 1000.0 / nullIf(o.end_time - o.completion_start_time, 0)")
          .measure("tokensPerSecond", "o.total_tokens * 1000.0 / nullIf(" + Columns.MILLIS + ", 0)")
          .measure("inputCost", "o.input_cost")
          .measure("outputCost", "o.output_cost")
          .measure("totalCost", "o.total_cost")
          .measure("timeToFirstToken", "(o.completion_start_time - o.start_time)")
          .measure("countScores", "coalesce(x.scores, 0)")
          .measure("uniqueUserIds", "t.user_id")
          .measure("uniqueSessionIds", "t.session_id")
          .measure("traceIds", "o.trace_id")
          .measure("costByType", COST + ".2")
          .measure("usageByType", USAGE + ".2")
          .build(Columns.OBSERVATIONS);

  private static final MetricsView SCORES =
      new Builder("s", "s.timestamp")
          .dimension("id", "s.id")
          .dimension("environment", "s.environment")
          .dimension("name", "s.name")
          .dimension("source", "s.source")
          .dimension("dataType", "s.data_type")
          .dimension("traceId", "s.trace_id")
          .dimension("configId", "s.config_id")
          .dimension("observationId", "s.observation_id")
          .dimension("datasetRunId", "s.dataset_run_id")
          .dimension("timestampMonth", MONTH.formatted("s.timestamp"))
          .dimension("timestampDay", DAY.formatted("s.timestamp"))
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
          .build(Columns.SCORES);

  static MetricsView of(View view) {
    return switch (view) {
      case TRACES -> TRACES;
      case OBSERVATIONS -> OBSERVATIONS;
      case SCORES_NUMERIC, SCORES_CATEGORICAL, SCORES_BOOLEAN -> SCORES;
    };
  }

  String dimension(String name) {
    return find(dimensions, "dimension", name);
  }

  String measure(String name) {
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

  /** What must be joined so that the expressions mean something; nothing that is not needed. */
  String joins(String project, String expressions) {
    String ofProject = " FINAL WHERE %s.project = " + Literal.of(project);
    StringBuilder joins = new StringBuilder();
    if (!"t".equals(alias) && mentions(expressions, "t.")) {
      joins
          .append(" LEFT JOIN ")
          .append(new Traces(project).table(expressions))
          .append(" AS t ON t.id = ")
          .append(alias)
          .append(".trace_id");
    }
    if ("s".equals(alias) && mentions(expressions, "o.")) {
      joins
          .append(
              " LEFT JOIN (SELECT o.trace_id, o.id, o.name, o.model, o.prompt_name,"
                  + " o.prompt_version FROM observations AS o")
          .append(ofProject.formatted("o"))
          .append(" AND o.part = 0) AS o ON o.id = s.observation_id AND o.trace_id = s.trace_id");
    }
    if (mentions(expressions, "x.")) {
      boolean ofTraces = "t".equals(alias);
      joins
          .append(" LEFT JOIN (SELECT y.trace_id AS trace_id,")
          .append(ofTraces ? "" : " y.observation_id AS observation_id,")
          .append(" count() AS scores FROM scores AS y")
          .append(ofProject.formatted("y"))
          .append(" GROUP BY y.trace_id")
          .append(ofTraces ? "" : ", y.observation_id")
          .append(") AS x ON x.trace_id = ")
          .append(ofTraces ? "t.id" : "o.trace_id AND x.observation_id = o.id");
    }
    return joins.toString();
  }

  private static boolean mentions(String expressions, String table) {
    return Pattern.compile("(?<![a-z_])" + Pattern.quote(table)).matcher(expressions).find();
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

    /** Dimensions can be filtered by as well; what is filtered by already stays as it is. */
    MetricsView build(Columns listed) {
      Map<String, Column> filters = new LinkedHashMap<>(listed.byId());
      dimensions.forEach(
          (name, sql) ->
              filters.putIfAbsent(
                  name, NUMBERS.contains(name) ? Column.number(sql) : Column.text(sql)));
      return new MetricsView(
          alias, time, dimensions, measures, new Columns(listed.rows(), filters));
    }
  }
}
