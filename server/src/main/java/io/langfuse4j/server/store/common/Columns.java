package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.UnsupportedColumnException;
import io.langfuse4j.server.store.common.Column.ScoresOf;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter columns of one kind of row, by the ids of Langfuse's filter language. */
public record Columns(String rows, Map<String, Column> byId) {

  private static final String WORST_LEVEL =
      "CASE WHEN t.errors > 0 THEN 'ERROR' WHEN t.warnings > 0 THEN 'WARNING'"
          + " WHEN t.defaults > 0 OR t.debugs = 0 THEN 'DEFAULT' ELSE 'DEBUG' END";

  private static final String SECONDS = SqlDialect.MILLIS + " / 1000.0";

  /** Over traces {@code t}. */
  static Columns traces(SqlDialect sql) {
    return new Table()
        .text("t.id", "id", "traceId")
        .text("t.name", "name", "traceName")
        .number("t.timestamp", "timestamp")
        .text("t.user_id", "userId")
        .text("t.session_id", "sessionId")
        .text("t.environment", "environment", "traceEnvironment")
        .text("t.release", "release")
        .text("t.version", "version")
        .number("t.public", "public")
        .number("t.bookmarked", "bookmarked")
        .number("t.created_at", "createdAt")
        .number("t.updated_at", "updatedAt")
        .text(WORST_LEVEL, "level")
        .number(sql.traceMillis() + " / 1000.0", "latency")
        .number("t.observations", "observationCount")
        .number("t.errors", "errorCount")
        .number("t.warnings", "warningCount")
        .number("t.defaults", "defaultCount")
        .number("t.debugs", "debugCount")
        .amounts("t.")
        .put(Column.scores(ScoresOf.TRACES, "count(*)"), "scores_any")
        .scores("score", ScoresOf.TRACES)
        .nothing("evaluatorId", "ruleId")
        .put(Column.list("tags"), "tags", "traceTags")
        .put(Column.list("models"), "model", "providedModelName")
        .put(Column.list("types"), "type", "observationType")
        .put(Column.metadata(sql.metadata("t")), "metadata")
        .of("traces");
  }

  /** Over observations {@code o}. */
  static Columns observations(SqlDialect sql) {
    return new Table()
        .text("o.id", "id")
        .put(sql.traceIdOfObservation(), "traceId")
        .text("o.parent_id", "parentObservationId")
        .text("o.type", "type")
        .text("o.name", "name")
        .number("o.start_time", "startTime")
        .number("o.end_time", "endTime")
        .text("o.level", "level")
        .text("o.status_message", "statusMessage")
        .text("o.environment", "environment")
        .put(Column.ofTrace("environment"), "traceEnvironment")
        .text("o.version", "version")
        .text("o.release", "release")
        .text("o.model", "model", "providedModelName")
        .text("o.model_id", "modelId")
        .text("o.prompt_name", "promptName")
        .number("o.prompt_version", "promptVersion")
        .put(Column.ofTrace("user_id"), "userId")
        .put(Column.ofTrace("session_id"), "sessionId")
        .put(Column.ofTrace("name"), "traceName")
        .number("(o.root OR o.app_root)", "isRootObservation")
        .number("(o.parent_id IS NOT NULL)", "hasParentObservation")
        .number("(o.input_bytes > 0)", "hasInput")
        .number("(o.output_bytes > 0)", "hasOutput")
        .number(SECONDS, "latency")
        .number("(o.completion_start_time - o.start_time) / 1000.0", "timeToFirstToken")
        .number("o.output_tokens / nullIf(" + SECONDS + ", 0)", "tokensPerSecond")
        .amounts("o.")
        .put(Column.listOfTrace("tags"), "tags", "traceTags")
        .put(Column.metadata(sql.metadata("o")), "metadata")
        .text(sql.content("input"), "input")
        .text(sql.content("output"), "output")
        .put(Column.values(sql.toolNames(false)), "toolNames")
        .put(Column.values(sql.toolNames(true)), "calledToolNames")
        .number(sql.tools(false), "toolDefinitions")
        .number(sql.tools(true), "toolCalls")
        .text(sql.experimentOfObservation("id"), "experimentId")
        .text(sql.experimentOfObservation("name"), "experimentName")
        .text(sql.experimentOfObservation("datasetId"), "experimentDatasetId")
        .number(sql.isExperimentItem(), "isExperimentItemRootSpan")
        .scores("score", ScoresOf.OBSERVATIONS)
        .scores("trace_score", ScoresOf.TRACES_OF_OBSERVATIONS)
        .nothing("evaluatorId", "ruleId")
        .of("observations");
  }

  /** Over items of experiments. */
  static Columns experiments(SqlDialect sql) {
    return new Table()
        .text(sql.experiment("id"), "experimentId")
        .text(sql.experiment("name"), "experimentName")
        .text(sql.experiment("dataset_id"), "datasetId")
        .text(sql.experiment("item_id"), "experimentItemId")
        .of("experiments");
  }

  /** Over scores {@code s}. */
  static Columns scores(SqlDialect sql) {
    return new Table()
        .text("s.id", "id")
        .text("s.trace_id", "traceId")
        .text("s.observation_id", "observationId")
        .text("s.session_id", "sessionId")
        .text("s.dataset_run_id", "datasetRunId")
        .text("s.name", "name")
        .text("s.data_type", "dataType")
        .number("s.value", "value")
        .text("s.string_value", "stringValue")
        .text("coalesce(s.string_value, " + sql.numberAsText("s.value") + ")", "valueText")
        .text("s.source", "source")
        .text("s.author_user_id", "authorUserId")
        .text("s.comment", "comment")
        .text("s.config_id", "configId")
        .text("s.queue_id", "queueId")
        .text("s.environment", "environment")
        .number("s.timestamp", "timestamp")
        .number("CASE WHEN s.data_type IN ('NUMERIC', 'BOOLEAN') THEN s.value END", "numericValue")
        .put(Column.ofTrace("user_id"), "userId")
        .put(Column.ofTrace("name"), "traceName")
        .put(Column.listOfTrace("tags"), "tags", "traceTags")
        .put(Column.metadata(sql.metadata("s")), "metadata")
        .of("scores");
  }

  /**
   * The column with an id.
   *
   * @throws UnsupportedColumnException if these rows have none
   */
  public Column get(String id) {
    @Nullable Column column = byId.get(id);
    if (column == null) {
      throw new UnsupportedColumnException("Unknown column '" + id + "' for " + rows);
    }
    return column;
  }

  /** For ORDER BY: only what has one value per row. */
  public String sortable(String id) {
    Column column = get(id);
    if (column.kind() != Column.Kind.PLAIN) {
      throw new UnsupportedColumnException("Cannot order " + rows + " by '" + id + "'");
    }
    return column.sql();
  }

  private static final class Table {
    private final Map<String, Column> columns = new LinkedHashMap<>();

    Table text(String sql, String... ids) {
      return put(Column.text(sql), ids);
    }

    Table number(String sql, String... ids) {
      return put(Column.number(sql), ids);
    }

    /** Averages, words and answers, under the names that begin so. */
    Table scores(String start, ScoresOf owner) {
      return put(
              Column.scores(
                  owner, "avg(CASE WHEN s.data_type IN ('NUMERIC', 'BOOLEAN') THEN s.value END)"),
              start + "s_avg",
              start + "s")
          .put(Column.score(owner, "s.string_value", true), start + "_categories")
          .put(
              Column.score(owner, "CASE WHEN s.data_type = 'BOOLEAN' THEN s.value END", false),
              start + "_booleans");
    }

    /** What Langfuse tells and no row here has. */
    Table nothing(String... ids) {
      return text("NULL", ids);
    }

    Table amounts(String table) {
      return number(table + "input_tokens", "inputTokens")
          .number(table + "output_tokens", "outputTokens")
          .number(table + "total_tokens", "totalTokens", "tokens")
          .number(table + "input_cost", "inputCost")
          .number(table + "output_cost", "outputCost")
          .number(table + "total_cost", "totalCost");
    }

    Table put(Column column, String... ids) {
      for (String id : ids) {
        columns.put(id, column);
      }
      return this;
    }

    Columns of(String rows) {
      return new Columns(rows, columns);
    }
  }
}
