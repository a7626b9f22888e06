package io.langfuse4j.server.store.common;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Experiment;
import org.jspecify.annotations.Nullable;

/** Which observations stand for an item of an experiment: the first of each. */
public final class ExperimentItems {
  private ExperimentItems() {}

  /** The experiment whose item an observation is the first of; null if it is of none. */
  public static @Nullable Experiment begunBy(Observation observation) {
    Experiment experiment = observation.experiment();
    if (experiment == null || experiment.id() == null || experiment.itemId() == null) {
      return null;
    }
    String root = experiment.itemRootObservationId();
    boolean first = root == null ? observation.parentId() == null : root.equals(observation.id());
    return first ? experiment : null;
  }
}
