package io.langfuse4j.experiment;

import java.time.Instant;
import java.util.Set;

/**
 * Where a batch evaluation ended. Immutable; the components are all that there is to keep.
 *
 * @param scope {@code TRACES} or {@code OBSERVATIONS}
 * @param upTo the time of the oldest that was evaluated
 * @param done ids of those with exactly this time that were evaluated
 * @param itemsProcessed how many were evaluated so far, over all runs
 */
public record ResumeToken(String scope, Instant upTo, Set<String> done, int itemsProcessed) {

  public ResumeToken {
    done = Set.copyOf(done);
  }
}
