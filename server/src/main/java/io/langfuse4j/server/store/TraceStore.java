package io.langfuse4j.server.store;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Pricer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps traces and gives them back. Thread-safe. Ids are unique within a project only: every method
 * names the project, and none reaches into another.
 *
 * <p>What has been acknowledged is on disk and visible to every read that starts afterwards. Reads
 * that find nothing return empty lists, zero or null; they never create anything.
 */
public interface TraceStore extends InsightStore, MetadataStore, RetentionStore, ScoreStore {
  /** How many traces facets look at. */
  int FACET_TRACES = 20_000;

  /**
   * Stores spans and merges what they say about their traces, all or nothing.
   *
   * <p>Spans may come in any order and more than once: a trace appears with its first span, a child
   * may precede its parent, and a span that is already stored is merged into itself (present values
   * win over absent ones, the newer over the older), so repeating a request changes nothing.
   * Updates of one trace within a call apply in the order of their timestamps.
   *
   * @return completes when durable and readable; exceptionally with {@link StoreBusyException} when
   *     too much is waiting already, with {@link StoreException} when it could not be stored. Empty
   *     input completes at once.
   */
  CompletableFuture<Void> write(String project, List<MappedSpan> spans);

  /** Whether writes wait for others, so that one more would wait too. */
  default boolean busy() {
    return false;
  }

  /**
   * Merges what is said about traces, apart from any observation, all or nothing; in the order of
   * the timestamps. A trace that is not known appears.
   */
  CompletableFuture<Void> writeTraces(String project, List<TraceUpdate> updates);

  /**
   * Deletes traces with everything that belongs to them. Unknown ids are ignored.
   *
   * @return completes with the number deleted when durable
   */
  CompletableFuture<Integer> deleteTraces(String project, List<String> traceIds);

  /**
   * One page of traces.
   *
   * @throws UnsupportedColumnException for a filter or order that the store does not know
   */
  List<StoredTrace> traces(TraceQuery query);

  /** How many traces match, whatever the query's page. */
  default long countTraces(TraceQuery query) {
    return countTraces(query, Long.MAX_VALUE);
  }

  /** As {@link #countTraces(TraceQuery)}, but stops counting at a number. */
  long countTraces(TraceQuery query, long atMost);

  /** One trace with its content, or null. A trace may be read before its root has arrived. */
  @Nullable StoredTrace trace(String project, String traceId);

  /**
   * For each facet (name, environment, model and so on) its most frequent values among the newest
   * {@value #FACET_TRACES} traces that match.
   */
  Map<String, List<FacetValue>> facets(TraceQuery query, int valuesPerFacet);

  /** One page of observations. */
  List<StoredObservation> observations(ObservationQuery query);

  /** How many observations match, whatever the query's page. */
  long countObservations(ObservationQuery query);

  /**
   * One observation with its content, or null.
   *
   * @param traceId narrows the search; when null and several traces have an observation of this id,
   *     the one stored last is returned
   */
  @Nullable StoredObservation observation(String project, @Nullable String traceId, String id);

  /** Ids of the observations of each of these traces, by start time. */
  Map<String, List<String>> observationIds(String project, List<String> traceIds);

  /** One page of sessions. */
  List<SessionSummary> sessions(SessionQuery query);

  /** How many sessions match, whatever the query's page. */
  long countSessions(SessionQuery query);

  /** What the traces tell of experiments. */
  ExperimentStore experiments();

  /** Figures over the traces, observations and scores. */
  MetricsStore metrics();

  StoreStatistics statistics(String project);

  /**
   * Tells of every trace changed from now on. Called on the writing thread after the change can be
   * read: the listener must not block.
   *
   * @return closes the subscription
   */
  Runnable subscribe(Consumer<TraceChange> listener);

  /**
   * Traces that other servers on the same storage have changed, each change once: for viewers, who
   * ask every second or two while they look. The first answer begins about now.
   */
  default List<TraceChange> changedElsewhere(String project) {
    return List.of();
  }

  /** How many observations are stored but not to be found by their words yet. */
  default long searchBehind() {
    return 0;
  }

  /** Finishes what was accepted, then releases files and threads. Further calls fail. */
  @Override
  void close();

  /** Everything else, which lives beside the traces or elsewhere. */
  MetadataStore metadata();

  @Override
  default PromptStore prompts() {
    return metadata().prompts();
  }

  @Override
  default DatasetStore datasets() {
    return metadata().datasets();
  }

  @Override
  default ProjectStore projects() {
    return metadata().projects();
  }

  @Override
  default MediaStore media() {
    return metadata().media();
  }

  @Override
  default AnnotationStore annotations() {
    return metadata().annotations();
  }

  @Override
  default Pricer pricer() {
    return metadata().pricer();
  }

  @Override
  default List<Model> models(String project) {
    return metadata().models(project);
  }

  @Override
  default @Nullable Model model(String project, String id) {
    return metadata().model(project, id);
  }

  @Override
  default CompletableFuture<Boolean> addModel(String project, Model model) {
    return metadata().addModel(project, model);
  }

  @Override
  default CompletableFuture<Boolean> deleteModel(String project, String id) {
    return metadata().deleteModel(project, id);
  }

  @Override
  default CompletableFuture<Void> writeScoreConfig(String project, ScoreConfig config) {
    return metadata().writeScoreConfig(project, config);
  }

  @Override
  default List<ScoreConfig> scoreConfigs(String project, int limit, long offset) {
    return metadata().scoreConfigs(project, limit, offset);
  }

  @Override
  default long countScoreConfigs(String project) {
    return metadata().countScoreConfigs(project);
  }

  @Override
  default @Nullable ScoreConfig scoreConfig(String project, String id) {
    return metadata().scoreConfig(project, id);
  }

  /** As to everything but traces, observations and scores. */
  @Override
  default void reach() {
    metadata().reach();
  }

  @Override
  default void onForeignChange(Runnable listener) {
    metadata().onForeignChange(listener);
  }

  @Override
  default void lookForForeignChanges() {
    metadata().lookForForeignChanges();
  }
}
