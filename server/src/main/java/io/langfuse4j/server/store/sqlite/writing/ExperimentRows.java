package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.store.common.ExperimentItems;
import io.langfuse4j.server.store.sqlite.database.Statements;
import java.sql.SQLException;

/** Remembers which observations are the first of an experiment's item. */
final class ExperimentRows {
  private static final String PUT =
      "INSERT INTO experiment_item (observation, project, experiment_id, experiment_name,"
          + " dataset_id, item_id, start_time) VALUES (?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (observation) DO UPDATE SET experiment_name = excluded.experiment_name,"
          + " dataset_id = excluded.dataset_id";

  private ExperimentRows() {}

  static void put(Statements statements, long project, long pk, Observation observation)
      throws SQLException {
    Experiment experiment = ExperimentItems.begunBy(observation);
    if (experiment != null) {
      statements.execute(
          PUT,
          pk,
          project,
          experiment.id(),
          experiment.name(),
          experiment.datasetId(),
          experiment.itemId(),
          observation.timing().startTime());
    }
  }
}
