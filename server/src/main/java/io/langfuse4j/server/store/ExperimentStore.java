package io.langfuse4j.server.store;

import java.util.List;

/**
 * Reads experiments, which exist only as attributes of observations. The promises are those of
 * {@link TraceStore}.
 */
public interface ExperimentStore {

  /** One page of experiments, newest first. */
  List<ExperimentSummary> experiments(ExperimentQuery query);

  /** One page of the first observations of experiments' items, with content, newest first. */
  List<StoredObservation> experimentItems(ExperimentQuery query);
}
