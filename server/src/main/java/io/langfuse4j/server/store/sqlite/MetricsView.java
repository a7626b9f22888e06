package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.MetricsQuery.View;
import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the metrics of one view are made of, as SQL: the rows, their time, and an expression for
 * each dimension and measure by the name that Langfuse gives it.
 *
 * @param filters dimensions that are not plain expressions, for filtering
 */
record MetricsView(
    String from,
    String project,
    String time,
    Map<String, String> dimensions,
    Map<String, String> measures,
    Columns filters) {

  /** A measure that is no value of a row, but one for every row. */
  static final String ROW = "1";

  private static final String JOIN_TRACE = " JOIN trace t ON t.pk = o.trace";
  private static final String MONTH = "strftime('%%Y-%%m-01', %s / 1000, 'unixepoch')";
  private static final String DAY = "strftime('%%Y-%%m-%%d', %s / 1000, 'unixepoch')";
  private static final String TRACE_MILLIS =
      "(max(t.last_start, coalesce(t.last_end, t.last_start)) - t.first_start)";
  private static final String MILLIS = "(o.end_time - o.start_time)";
  private static final String TYPED_USAGE = "json_each(o.usage) u";
  private static final String TYPED_COST = "json_each(o.cost) c";

  private static final MetricsView TRACES =
      new Builder(" FROM trace t", "t.project", "t.timestamp")
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
          .measure(
              "scoresCount",
              "(SELECT count(*) FROM score x WHERE x.trace_id = t.id AND x.project = t.project)")
          .measure("uniqueUserIds", "t.user_id")
          .measure("uniqueSessionIds", "t.session_id")
          .measure("latency", TRACE_MILLIS)
          .measure("totalTokens", "t.total_tokens")
          .measure("totalCost", "t.total_cost")
          .build(Columns.TRACES);

  private static final MetricsView OBSERVATIONS =
      new Builder(" FROM observation o", "o.project", "o.start_time")
          .dimension("id", "o.id")
          .dimension("traceId", "t.id")
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
          .dimension("usageType", "u.key")
          .dimension("costType", "c.key")
          .dimension("experimentId", "e.experiment_id")
          .dimension("experimentName", "e.experiment_name")
          .dimension("experimentDatasetId", "e.dataset_id")
          .measure("count", ROW)
          .measure("latency", MILLIS)
          .measure("streamingLatency", "(o.end_time - o.completion_start_time)")
          .measure("inputTokens", "o.input_tokens")
          .measure("outputTokens", "o.output_tokens")
          .measure("totalTokens", "o.total_tokens")
          .measure(
              "outputTokensPerSecond",
              "o.output_tokens * 1000.0 / nullif(o.end_time - o.completion_start_time, 0)")
          .measure("tokensPerSecond", "o.total_tokens * 1000.0 / nullif(" + MILLIS + ", 0)")
          .measure("inputCost", "o.input_cost")
          .measure("outputCost", "o.output_cost")
          .measure("totalCost", "o.total_cost")
          .measure("timeToFirstToken", "(o.completion_start_time - o.start_time)")
          .measure(
              "countScores",
              "(SELECT count(*) FROM score x WHERE x.observation_id = o.id"
                  + " AND x.trace_id = t.id AND x.project = o.project)")
          .measure("uniqueUserIds", "t.user_id")
          .measure("uniqueSessionIds", "t.session_id")
          .measure("traceIds", "o.trace")
          .measure("costByType", "c.value")
          .measure("usageByType", "u.value")
          .build(Columns.OBSERVATIONS);

  private static final MetricsView SCORES =
      new Builder(" FROM score s", "s.project", "s.timestamp")
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
  String joins(String expressions) {
    StringBuilder joins = new StringBuilder();
    if (from.endsWith(" o") && mentions(expressions, "t.")) {
      joins.append(JOIN_TRACE);
    }
    if (from.endsWith(" s") && mentions(expressions, "t.", "o.")) {
      joins.append(" LEFT JOIN trace t ON t.id = s.trace_id AND t.project = s.project");
    }
    if (from.endsWith(" s") && mentions(expressions, "o.")) {
      joins.append(" LEFT JOIN observation o ON o.id = s.observation_id AND o.trace = t.pk");
    }
    if (mentions(expressions, "e.")) {
      joins.append(" LEFT JOIN experiment_item e ON e.observation = o.pk");
    }
    if (mentions(expressions, "u.")) {
      joins.append(" JOIN ").append(TYPED_USAGE);
    }
    if (mentions(expressions, "c.")) {
      joins.append(" JOIN ").append(TYPED_COST);
    }
    return joins.toString();
  }

  private static boolean mentions(String expressions, String... tables) {
    for (String table : tables) {
      if (Pattern.compile("(?<![a-z_])" + Pattern.quote(table)).matcher(expressions).find()) {
        return true;
      }
    }
    return false;
  }

  private static final class Builder {
    private final String from;
    private final String project;
    private final String time;
    private final Map<String, String> dimensions = new LinkedHashMap<>();
    private final Map<String, String> measures = new LinkedHashMap<>();

    Builder(String from, String project, String time) {
      this.from = from;
      this.project = project;
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

    MetricsView build(Columns listed) {
      Map<String, Column> filters = new LinkedHashMap<>(listed.byId());
      dimensions.forEach(
          (name, sql) -> {
            @Nullable Column known = filters.get(name);
            if (known == null || known.kind() == Column.Kind.PLAIN) {
              filters.put(name, Column.plain(sql));
            }
          });
      return new MetricsView(
          from, project, time, dimensions, measures, new Columns(listed.rows(), filters));
    }
  }
}
