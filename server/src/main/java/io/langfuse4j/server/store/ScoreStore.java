package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Score;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Keeps scores and, as a {@link ScoreConfigStore}, what they must look like. The promises are those
 * of {@link TraceStore}: ids are unique within a project, what is acknowledged is durable and
 * readable, reads create nothing.
 */
public interface ScoreStore extends ScoreConfigStore {

  /**
   * Stores scores, all or nothing. A score may come before its trace. One whose id is already
   * stored changes it: present values win over absent ones, metadata is merged; what it is about,
   * its timestamp and its environment stay.
   */
  CompletableFuture<Void> writeScores(String project, List<Score> scores);

  /**
   * Deletes scores. Unknown ids are ignored.
   *
   * @return completes with the number deleted when durable
   */
  CompletableFuture<Integer> deleteScores(String project, List<String> ids);

  /**
   * One page of scores, newest first.
   *
   * @throws UnsupportedColumnException for a filter that the store does not know
   */
  List<StoredScore> scores(ScoreQuery query);

  /** How many scores match, whatever the query's page. */
  long countScores(ScoreQuery query);

  /** One score, or null. */
  default @Nullable StoredScore score(String project, String id) {
    List<StoredScore> found =
        scores(ScoreQuery.of(project).filters(List.of(Filter.equal("id", id))).page(1, 0));
    return found.isEmpty() ? null : found.get(0);
  }

  /** Ids of the scores of each of these traces, by timestamp. */
  Map<String, List<String>> scoreIds(String project, List<String> traceIds);
}
