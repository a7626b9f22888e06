package io.langfuse4j.experiment;

import io.langfuse4j.evaluator.Evaluation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came of a batch evaluation. Immutable.
 *
 * @param itemsFetched that were read
 * @param itemsProcessed whose evaluators were asked
 * @param itemsFailed that could not be mapped
 * @param scoresCreated all scores, those of the composite evaluator included
 * @param compositeScoresCreated those of the composite evaluator
 * @param evaluationsFailed how often an evaluator failed
 * @param evaluatorStats by the place of the evaluator, so that two of one name are two
 * @param resumeToken where to go on; null if nothing is left or nothing was done
 * @param completed false if the server failed in between
 * @param hasMoreItems whether there was more to read
 * @param failedItemIds of those that could not be mapped
 * @param errorSummary how often which exception was met
 * @param itemEvaluations by id, empty lists included
 */
public record BatchEvaluationResult(
    int itemsFetched,
    int itemsProcessed,
    int itemsFailed,
    int scoresCreated,
    int compositeScoresCreated,
    int evaluationsFailed,
    List<EvaluatorStats> evaluatorStats,
    @Nullable ResumeToken resumeToken,
    boolean completed,
    boolean hasMoreItems,
    Duration duration,
    List<String> failedItemIds,
    Map<String, Integer> errorSummary,
    Map<String, List<Evaluation>> itemEvaluations) {

  /** How an evaluator did. */
  public record EvaluatorStats(
      String name, int totalRuns, int successfulRuns, int failedRuns, int scoresCreated) {}
}
