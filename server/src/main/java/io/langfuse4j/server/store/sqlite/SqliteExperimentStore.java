package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.store.ExperimentQuery;
import io.langfuse4j.server.store.ExperimentStore;
import io.langfuse4j.server.store.ExperimentSummary;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.common.Details;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.database.Readers;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import io.langfuse4j.server.store.sqlite.writing.ObservationRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Experiments from the table of their items. Thread-safe. */
final class SqliteExperimentStore implements ExperimentStore {
  private final Readers readers;

  SqliteExperimentStore(Readers readers) {
    this.readers = readers;
  }

  @Override
  public List<ExperimentSummary> experiments(ExperimentQuery query) {
    ExperimentQuery.Position after = query.after();
    Where where = where(query);
    Object[] position =
        after == null
            ? new Object[] {query.limit()}
            : new Object[] {after.startTime(), after.id(), query.limit()};
    return readers.read(
        connection ->
            Sql.list(
                connection,
                "SELECT g.*, c.details FROM (SELECT e.experiment_id, min(e.start_time) AS started,"
                    + " max(coalesce(o.end_time, o.start_time)) AS ended, count(*) AS items,"
                    + " max(e.observation) AS newest"
                    + " FROM experiment_item e JOIN observation o ON o.pk = e.observation",
                where,
                "GROUP BY e.experiment_id"
                    + (after == null ? "" : " HAVING (min(e.start_time), e.experiment_id) < (?, ?)")
                    + " ORDER BY started DESC, e.experiment_id DESC LIMIT ?) g"
                    + " LEFT JOIN observation_content c ON c.observation = g.newest"
                    + " ORDER BY g.started DESC, g.experiment_id DESC",
                SqliteExperimentStore::summary,
                position));
  }

  private static ExperimentSummary summary(ResultSet row) throws SQLException {
    String id = Rows.required(row, "experiment_id");
    Experiment experiment =
        Details.decode(Blobs.bytesOrNull(Rows.blob(row, "details"))).experiment();
    return new ExperimentSummary(
        id,
        Objects.requireNonNullElseGet(
            experiment,
            () -> new Experiment(id, null, null, Map.of(), null, null, null, null, Map.of(), null)),
        Rows.requiredInstant(row, "started"),
        Rows.requiredInstant(row, "ended"),
        row.getLong("items"));
  }

  @Override
  public List<StoredObservation> experimentItems(ExperimentQuery query) {
    Where where = where(query);
    ExperimentQuery.Position after = query.after();
    if (after != null) {
      where.and("(e.start_time, o.id) < (?, ?)", after.startTime(), after.id());
    }
    return readers.read(
        connection ->
            Sql.list(
                connection,
                ObservationRows.WITH_CONTENT
                    + ObservationRows.FROM_WITH_CONTENT
                    + " JOIN experiment_item e ON e.observation = o.pk",
                where,
                "ORDER BY e.start_time DESC, o.id DESC LIMIT ?",
                row -> ObservationRows.read(row, true),
                query.limit()));
  }

  private static Where where(ExperimentQuery query) {
    Where where =
        Where.project(query.project(), "e.project").and("e.start_time >= ?", query.from());
    if (query.before() != null) {
      where.and("e.start_time < ?", query.before());
    }
    return where.and(SqliteDialect.TERMS.experiments(), query.filters());
  }
}
