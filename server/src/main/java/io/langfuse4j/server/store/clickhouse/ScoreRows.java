package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.model.Score.Subject;
import io.langfuse4j.server.store.StoredScore;
import java.time.Instant;
import java.time.LocalDate;

/** The scores table: rows as JSON, and back. */
final class ScoreRows {
  /** What {@link #score} and the columns of arrival need, of {@code s}. */
  static final String COLUMNS =
      "s.day, s.id, s.trace_id, s.observation_id, s.session_id, s.dataset_run_id, s.name,"
          + " s.data_type, s.value, s.string_value, s.source, s.author_user_id, s.comment,"
          + " s.metadata, s.config_id, s.queue_id, s.environment, s.timestamp, s.created_at,"
          + " s.updated_at";

  private ScoreRows() {}

  /** A score as it is stored already. */
  record Stored(Score score, LocalDate day, Instant createdAt) {}

  static ObjectNode row(
      String project, Score score, LocalDate day, long revision, Instant createdAt, Instant now) {
    Subject subject = score.subject();
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("project", project);
    row.put("day", day.toString());
    row.put("id", score.id());
    row.put("revision", revision);
    row.put("trace_id", subject.traceId());
    row.put("observation_id", subject.observationId());
    row.put("session_id", subject.sessionId());
    row.put("dataset_run_id", subject.datasetRunId());
    row.put("name", score.name());
    row.put("data_type", score.dataType().name());
    row.put("value", score.value());
    row.put("string_value", score.stringValue());
    row.put("source", score.source().name());
    row.put("author_user_id", score.authorUserId());
    row.put("comment", score.comment());
    row.put("metadata", score.metadata());
    row.put("config_id", score.configId());
    row.put("queue_id", score.queueId());
    row.put("environment", score.environment());
    row.put("timestamp", score.timestamp().toEpochMilli());
    row.put("created_at", createdAt.toEpochMilli());
    row.put("updated_at", now.toEpochMilli());
    return row;
  }

  static Stored stored(Row row) {
    return new Stored(
        score(row), LocalDate.parse(row.required("day")), row.requiredInstant("created_at"));
  }

  /** A row joined with its trace, whose columns are null if there is none. */
  static StoredScore read(Row row) {
    String environment = row.text("trace_environment");
    StoredScore.OfTrace trace =
        environment == null
            ? null
            : new StoredScore.OfTrace(
                row.text("trace_user_id"),
                row.text("trace_session_id"),
                environment,
                row.strings("trace_tags"));
    return new StoredScore(
        score(row), row.requiredInstant("created_at"), row.requiredInstant("updated_at"), trace);
  }

  private static Score score(Row row) {
    return new Score(
        row.required("id"),
        new Subject(
            row.text("trace_id"),
            row.text("observation_id"),
            row.text("session_id"),
            row.text("dataset_run_id")),
        row.required("name"),
        DataType.valueOf(row.required("data_type")),
        row.real("value"),
        row.text("string_value"),
        Source.valueOf(row.required("source")),
        row.text("author_user_id"),
        row.text("comment"),
        row.required("metadata"),
        row.text("config_id"),
        row.text("queue_id"),
        row.required("environment"),
        row.requiredInstant("timestamp"));
  }
}
