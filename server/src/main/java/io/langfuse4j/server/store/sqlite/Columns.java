package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.UnsupportedColumnException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filter columns of one kind of row, by the ids of Langfuse's filter language. */
record Columns(String rows, Map<String, Column> byId) {

  private static final String WORST_LEVEL =
      "CASE WHEN t.errors > 0 THEN 'ERROR' WHEN t.warnings > 0 THEN 'WARNING'"
          + " WHEN t.defaults > 0 OR t.debugs = 0 THEN 'DEFAULT' ELSE 'DEBUG' END";

  private static final String TRACE_SECONDS =
      "(max(t.last_start, coalesce(t.last_end, t.last_start)) - t.first_start) / 1000.0";

  private static final String SECONDS = "(o.end_time - o.start_time) / 1000.0";

  static final Columns TRACES =
      new Columns(
          "traces",
          new Table()
              .plain("t.id", "id", "traceId")
              .plain("t.name", "name", "traceName")
              .plain("t.timestamp", "timestamp")
              .plain("t.user_id", "userId")
              .plain("t.session_id", "sessionId")
              .plain("t.environment", "environment")
              .plain("t.release", "release")
              .plain("t.version", "version")
              .plain("t.public", "public")
              .plain("t.bookmarked", "bookmarked")
              .plain("t.created_at", "createdAt")
              .plain("t.updated_at", "updatedAt")
              .plain(WORST_LEVEL, "level")
              .plain(TRACE_SECONDS, "latency")
              .plain("t.observations", "observationCount")
              .plain("t.errors", "errorCount")
              .plain("t.warnings", "warningCount")
              .plain("t.defaults", "defaultCount")
              .plain("t.debugs", "debugCount")
              .plain("t.input_tokens", "inputTokens")
              .plain("t.output_tokens", "outputTokens")
              .plain("t.total_tokens", "totalTokens", "tokens")
              .plain("t.input_cost", "inputCost")
              .plain("t.output_cost", "outputCost")
              .plain("t.total_cost", "totalCost")
              .put(Column.scores("count(*)"), "scores_any")
              .put(Column.scores("avg(s.value)"), "scores_avg")
              .put(Column.scores("max(s.string_value)"), "score_categories")
              .put(Column.term("tag"), "tags", "traceTags")
              .put(Column.term("model"), "model", "providedModelName")
              .put(Column.term("type"), "type", "observationType")
              .put(
                  Column.metadata("(SELECT metadata FROM trace_content WHERE trace = t.pk)"),
                  "metadata")
              .columns);

  static final Columns OBSERVATIONS =
      new Columns(
          "observations",
          new Table()
              .plain("o.id", "id")
              .put(Column.ofTrace("id"), "traceId")
              .plain("o.parent_id", "parentObservationId")
              .plain("o.type", "type")
              .plain("o.name", "name")
              .plain("o.start_time", "startTime")
              .plain("o.end_time", "endTime")
              .plain("o.level", "level")
              .plain("o.status_message", "statusMessage")
              .plain("o.environment", "environment")
              .plain("o.version", "version")
              .plain("o.release", "release")
              .plain("o.model", "model", "providedModelName")
              .plain("o.prompt_name", "promptName")
              .plain("o.prompt_version", "promptVersion")
              .put(Column.ofTrace("user_id"), "userId")
              .put(Column.ofTrace("session_id"), "sessionId")
              .put(Column.ofTrace("name"), "traceName")
              .plain("(o.root OR o.app_root)", "isRootObservation")
              .plain("(o.parent_id IS NOT NULL)", "hasParentObservation")
              .plain("(o.input_bytes > 0)", "hasInput")
              .plain("(o.output_bytes > 0)", "hasOutput")
              .plain(SECONDS, "latency")
              .plain("(o.completion_start_time - o.start_time) / 1000.0", "timeToFirstToken")
              .plain("o.output_tokens / nullif(" + SECONDS + ", 0)", "tokensPerSecond")
              .plain("o.input_tokens", "inputTokens")
              .plain("o.output_tokens", "outputTokens")
              .plain("o.total_tokens", "totalTokens", "tokens")
              .plain("o.input_cost", "inputCost")
              .plain("o.output_cost", "outputCost")
              .plain("o.total_cost", "totalCost")
              .put(Column.term("tag"), "tags", "traceTags")
              .put(
                  Column.metadata(
                      "(SELECT details FROM observation_content WHERE observation = o.pk)"),
                  "metadata")
              .columns);

  static final Columns SCORES =
      new Columns(
          "scores",
          new Table()
              .plain("s.id", "id")
              .plain("s.trace_id", "traceId")
              .plain("s.observation_id", "observationId")
              .plain("s.session_id", "sessionId")
              .plain("s.dataset_run_id", "datasetRunId")
              .plain("s.name", "name")
              .plain("s.data_type", "dataType")
              .plain("s.value", "value")
              .plain("s.string_value", "stringValue")
              .plain("coalesce(s.string_value, printf('%.15g', s.value))", "valueText")
              .plain("s.source", "source")
              .plain("s.author_user_id", "authorUserId")
              .plain("s.comment", "comment")
              .plain("s.config_id", "configId")
              .plain("s.queue_id", "queueId")
              .plain("s.environment", "environment")
              .plain("s.timestamp", "timestamp")
              .plain(
                  "CASE WHEN s.data_type IN ('NUMERIC', 'BOOLEAN') THEN s.value END",
                  "numericValue")
              .put(Column.ofTrace("user_id"), "userId")
              .put(Column.ofTrace("name"), "traceName")
              .put(Column.term("tag"), "tags", "traceTags")
              .put(Column.metadata("s.metadata"), "metadata")
              .columns);

  Column get(String id) {
    @Nullable Column column = byId.get(id);
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
    private final Map<String, Column> columns = new HashMap<>();

    Table plain(String sql, String... ids) {
      return put(Column.plain(sql), ids);
    }

    Table put(Column column, String... ids) {
      for (String id : ids) {
        columns.put(id, column);
      }
      return this;
    }
  }
}
