package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.model.Score.Subject;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.ScoreMerge;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Scores to rows and back. */
public final class ScoreRows {
  private static final List<String> COLUMNS =
      List.of(
          "project",
          "id",
          "trace_id",
          "observation_id",
          "session_id",
          "dataset_run_id",
          "name",
          "data_type",
          "value",
          "string_value",
          "source",
          "author_user_id",
          "comment",
          "metadata",
          "config_id",
          "queue_id",
          "environment",
          "timestamp",
          "created_at",
          "updated_at");

  private static final String PUT =
      "INSERT INTO score ("
          + String.join(", ", COLUMNS)
          + ") VALUES ("
          + String.join(", ", Collections.nCopies(COLUMNS.size(), "?"))
          + ") ON CONFLICT (id, project) DO UPDATE SET "
          + COLUMNS.stream()
              .filter(column -> !List.of("project", "id", "created_at").contains(column))
              .map(column -> column + " = excluded." + column)
              .collect(Collectors.joining(", "));

  private ScoreRows() {}

  /** Inserts the score, or merges it into the one of its id. */
  static void put(Statements statements, long project, Score score, Instant now)
      throws SQLException {
    Score stored = find(statements, project, score.id());
    Score row = stored == null ? score : ScoreMerge.merge(stored, score);
    statements.execute(PUT, values(project, row, now));
  }

  private static @Nullable Score find(Statements statements, long project, String id)
      throws SQLException {
    PreparedStatement statement =
        statements.prepare("SELECT * FROM score WHERE id = ? AND project = ?");
    Rows.bind(statement, id, project);
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? score(row) : null;
    }
  }

  private static @Nullable Object[] values(long project, Score score, Instant now) {
    Subject subject = score.subject();
    return new @Nullable Object[] {
      project,
      score.id(),
      subject.traceId(),
      subject.observationId(),
      subject.sessionId(),
      subject.datasetRunId(),
      score.name(),
      score.dataType().name(),
      score.value(),
      score.stringValue(),
      score.source().name(),
      score.authorUserId(),
      score.comment(),
      Blobs.encodeNullable(score.metadata()),
      score.configId(),
      score.queueId(),
      score.environment(),
      score.timestamp(),
      now,
      now
    };
  }

  /** A row joined with its trace, whose columns are NULL if there is none. */
  public static StoredScore read(ResultSet row) throws SQLException {
    String environment = Rows.text(row, "trace_environment");
    StoredScore.OfTrace trace =
        environment == null
            ? null
            : new StoredScore.OfTrace(
                Rows.text(row, "trace_user_id"),
                Rows.text(row, "trace_session_id"),
                environment,
                JsonText.strings(Rows.required(row, "trace_tags")));
    return new StoredScore(
        score(row),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"),
        trace);
  }

  private static Score score(ResultSet row) throws SQLException {
    return new Score(
        Rows.required(row, "id"),
        new Subject(
            Rows.text(row, "trace_id"),
            Rows.text(row, "observation_id"),
            Rows.text(row, "session_id"),
            Rows.text(row, "dataset_run_id")),
        Rows.required(row, "name"),
        DataType.valueOf(Rows.required(row, "data_type")),
        Rows.real(row, "value"),
        Rows.text(row, "string_value"),
        Source.valueOf(Rows.required(row, "source")),
        Rows.text(row, "author_user_id"),
        Rows.text(row, "comment"),
        Objects.requireNonNullElse(Blobs.decodeNullable(Rows.blob(row, "metadata")), "{}"),
        Rows.text(row, "config_id"),
        Rows.text(row, "queue_id"),
        Rows.required(row, "environment"),
        Rows.requiredInstant(row, "timestamp"));
  }
}
