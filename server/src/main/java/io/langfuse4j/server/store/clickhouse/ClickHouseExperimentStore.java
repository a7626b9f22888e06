package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.store.ExperimentQuery;
import io.langfuse4j.server.store.ExperimentStore;
import io.langfuse4j.server.store.ExperimentSummary;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.common.Details;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Experiments from the first observations of their items. Thread-safe. */
final class ClickHouseExperimentStore implements ExperimentStore {
  private static final String FROM = " FROM observations AS o FINAL";

  private final ClickHouse clickHouse;

  ClickHouseExperimentStore(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<ExperimentSummary> experiments(ExperimentQuery query) {
    ExperimentQuery.Position after = query.after();
    return clickHouse.query(
        "SELECT o.experiment_id AS experiment, min(o.start_time) AS started,"
            + " max(coalesce(o.end_time, o.start_time)) AS ended, count() AS items,"
            + " argMax(o.details, (o.created_at, o.revision)) AS newest"
            + FROM
            + where(query)
            + " GROUP BY o.experiment_id"
            + (after == null
                ? ""
                : " HAVING (started, assumeNotNull(experiment)) < ("
                    + Literal.of(after.startTime())
                    + ", "
                    + Literal.of(after.id())
                    + ")")
            + " ORDER BY started DESC, experiment DESC"
            + Paging.limit(query.limit(), 0),
        ClickHouseExperimentStore::summary);
  }

  private static ExperimentSummary summary(Row row) {
    String id = row.required("experiment");
    Experiment experiment =
        Details.decode(row.required("newest").getBytes(StandardCharsets.UTF_8)).experiment();
    return new ExperimentSummary(
        id,
        Objects.requireNonNullElseGet(
            experiment,
            () -> new Experiment(id, null, null, Map.of(), null, null, null, null, Map.of(), null)),
        row.requiredInstant("started"),
        row.requiredInstant("ended"),
        row.number("items"));
  }

  @Override
  public List<StoredObservation> experimentItems(ExperimentQuery query) {
    Where where = where(query);
    ExperimentQuery.Position after = query.after();
    if (after != null) {
      where.and(
          "(o.start_time, o.id) < ("
              + Literal.of(after.startTime())
              + ", "
              + Literal.of(after.id())
              + ")");
    }
    return clickHouse.query(
        "SELECT "
            + ObservationRows.WITH_CONTENT
            + FROM
            + where
            + " ORDER BY o.start_time DESC, o.id DESC"
            + Paging.limit(query.limit(), 0),
        row -> ObservationRows.read(row, true));
  }

  private static Where where(ExperimentQuery query) {
    Where where =
        Where.observations(query.project())
            .and("o.experiment_id IS NOT NULL")
            .and("o.start_time >= " + Literal.of(query.from()));
    if (query.before() != null) {
      where.and("o.start_time < " + Literal.of(query.before()));
    }
    return where.and(ClickHouseDialect.TERMS.experiments(), query.filters());
  }
}
