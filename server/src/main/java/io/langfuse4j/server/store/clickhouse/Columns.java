package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The filter columns of one kind of row, by the ids of Langfuse's filter language. */
record Columns(String rows, Map<String, Column> byId) {

  static final String TRACE_MILLIS =
      "(greatest(t.last_start, coalesce(t.last_end, t.last_start)) - t.first_start)";

  static final String MILLIS = "(o.end_time - o.start_time)";

  private static final String WORST_LEVEL =
      "multiIf(t.errors > 0, 'ERROR', t.warnings > 0, 'WARNING',"
          + " t.defaults > 0 OR t.debugs = 0, 'DEFAULT', 'DEBUG')";

  static final Columns TRACES =
      new Columns(
          "traces",
          new Table()
              .text("t.id", "id", "traceId")
              .text("t.name", "name", "traceName")
              .number("t.timestamp", "timestamp")
              .text("t.user_id", "userId")
              .text("t.session_id", "sessionId")
              .text("t.environment", "environment")
              .text("t.release", "release")
              .text("t.version", "version")
              .number("t.public", "public")
              .number("t.bookmarked", "bookmarked")
              .number("t.created_at", "createdAt")
              .number("t.updated_at", "updatedAt")
              .text(WORST_LEVEL, "level")
              .number(TRACE_MILLIS + " / 1000", "latency")
              .number("t.observations", "observationCount")
              .number("t.errors", "errorCount")
              .number("t.warnings", "warningCount")
              .number("t.defaults", "defaultCount")
              .number("t.debugs", "debugCount")
              .number("t.input_tokens", "inputTokens")
              .number("t.output_tokens", "outputTokens")
              .number("t.total_tokens", "totalTokens", "tokens")
              .number("t.input_cost", "inputCost")
              .number("t.output_cost", "outputCost")
              .number("t.total_cost", "totalCost")
              .put(Column.scores("count()", false), "scores_any")
              .put(Column.scores("avg(s.value)", false), "scores_avg")
              .put(Column.scores("max(s.string_value)", true), "score_categories")
              .put(Column.list("t.tags"), "tags", "traceTags")
              .put(Column.list("t.models"), "model", "providedModelName")
              .put(Column.list("t.types"), "type", "observationType")
              .put(Column.metadata("t"), "metadata")
              .columns);

  static final Columns OBSERVATIONS =
      new Columns(
          "observations",
          new Table()
              .text("o.id", "id")
              .text("o.trace_id", "traceId")
              .text("o.parent_id", "parentObservationId")
              .text("o.type", "type")
              .text("o.name", "name")
              .number("o.start_time", "startTime")
              .number("o.end_time", "endTime")
              .text("o.level", "level")
              .text("o.status_message", "statusMessage")
              .text("o.environment", "environment")
              .text("o.version", "version")
              .text("o.release", "release")
              .text("o.model", "model", "providedModelName")
              .text("o.prompt_name", "promptName")
              .number("o.prompt_version", "promptVersion")
              .put(Column.ofTrace("t.user_id"), "userId")
              .put(Column.ofTrace("t.session_id"), "sessionId")
              .put(Column.ofTrace("t.name"), "traceName")
              .number("(o.root OR o.app_root)", "isRootObservation")
              .number("(o.parent_id IS NOT NULL)", "hasParentObservation")
              .number("(o.input_bytes > 0)", "hasInput")
              .number("(o.output_bytes > 0)", "hasOutput")
              .number(MILLIS + " / 1000", "latency")
              .number("(o.completion_start_time - o.start_time) / 1000", "timeToFirstToken")
              .number("o.output_tokens / nullIf(" + MILLIS + " / 1000, 0)", "tokensPerSecond")
              .number("o.input_tokens", "inputTokens")
              .number("o.output_tokens", "outputTokens")
              .number("o.total_tokens", "totalTokens", "tokens")
              .number("o.input_cost", "inputCost")
              .number("o.output_cost", "outputCost")
              .number("o.total_cost", "totalCost")
              .put(Column.listOfTrace("t.tags"), "tags", "traceTags")
              .put(Column.metadata("o.metadata"), "metadata")
              .columns);

  static final Columns SCORES =
      new Columns(
          "scores",
          new Table()
              .text("s.id", "id")
              .text("s.trace_id", "traceId")
              .text("s.observation_id", "observationId")
              .text("s.session_id", "sessionId")
              .text("s.dataset_run_id", "datasetRunId")
              .text("s.name", "name")
              .text("s.data_type", "dataType")
              .number("s.value", "value")
              .text("s.string_value", "stringValue")
              .text("coalesce(s.string_value, toString(s.value))", "valueText")
              .text("s.source", "source")
              .text("s.author_user_id", "authorUserId")
              .text("s.comment", "comment")
              .text("s.config_id", "configId")
              .text("s.queue_id", "queueId")
              .text("s.environment", "environment")
              .number("s.timestamp", "timestamp")
              .number("if(s.data_type IN ('NUMERIC', 'BOOLEAN'), s.value, NULL)", "numericValue")
              .put(Column.ofTrace("t.user_id"), "userId")
              .put(Column.ofTrace("t.name"), "traceName")
              .put(Column.listOfTrace("t.tags"), "tags", "traceTags")
              .put(Column.metadata("s.metadata"), "metadata")
              .columns);

  Column get(String id) {
    Column column = byId.get(id);
    if (column == null) {
      throw new UnsupportedColumnException("Unknown column '" + id + "' for " + rows);
    }
    return column;
  }

  /** For ORDER BY: only what has one value per row. */
  String sortable(String id) {
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

    Table put(Column column, String... ids) {
      for (String id : ids) {
        columns.put(id, column);
      }
      return this;
    }
  }
}
