package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.store.ExperimentStore;
import io.langfuse4j.server.store.FacetValue;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.MetricsStore;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.PerformanceReport;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.SessionSummary;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.StoreStatistics;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceChange;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.common.GroupWriter;
import io.langfuse4j.server.store.common.GroupWritingStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Traces, observations and scores in ClickHouse; projects, prompts, datasets, models, score
 * configs, comments, queues and media in an embedded store of this server's own. Thread-safe. See
 * {@code docs/decisions/0054-clickhouse-store.md}.
 */
public final class ClickHouseTraceStore extends GroupWritingStore<Prepared, WriteBatch> {
  private final MetadataStore metadata;
  private final ClickHouse clickHouse;
  private final ChangesElsewhere elsewhere;
  private final GroupWriter<WriteBatch> writer;
  private final TraceReads traces;
  private final InsightReads insights;
  private final ObservationReads observations;
  private final ScoreReads scores;
  private final ExperimentStore experiments;
  private final MetricsStore metrics;

  private ClickHouseTraceStore(
      MetadataStore metadata, ClickHouse clickHouse, Clock clock, long waitingBytes) {
    this.metadata = metadata;
    this.clickHouse = clickHouse;
    this.elsewhere = new ChangesElsewhere(clickHouse, WriteBatch::micros);
    this.writer =
        new GroupWriter<>(
            WriteBatch.transactions(clickHouse, metadata.pricer(), clock, elsewhere), waitingBytes);
    this.traces = new TraceReads(clickHouse);
    this.insights = new InsightReads(clickHouse);
    this.observations = new ObservationReads(clickHouse);
    this.scores = new ScoreReads(clickHouse);
    this.experiments = new ClickHouseExperimentStore(clickHouse);
    this.metrics = new ClickHouseMetricsStore(clickHouse);
  }

  /**
   * Makes or updates the tables, and opens the store.
   *
   * @param metadata everything but traces, observations and scores; closed with this store, also if
   *     it cannot be opened
   * @param waitingBytes how much may wait to be written before {@link #write} refuses
   * @throws StoreException in one sentence, if ClickHouse cannot be used
   */
  public static ClickHouseTraceStore open(
      ClickHouseSettings settings, MetadataStore metadata, Clock clock, long waitingBytes) {
    boolean opened = false;
    try {
      ClickHouse clickHouse = new ClickHouse(settings);
      Schema.migrate(clickHouse);
      ClickHouseTraceStore store =
          new ClickHouseTraceStore(metadata, clickHouse, clock, waitingBytes);
      opened = true;
      return store;
    } finally {
      if (!opened) {
        metadata.close();
      }
    }
  }

  @Override
  protected GroupWriter<WriteBatch> writer() {
    return writer;
  }

  @Override
  protected Prepared prepared(MappedSpan span, Priced priced) {
    return Prepared.of(span.observation(), span.trace(), priced);
  }

  @Override
  protected long weight(Prepared prepared) {
    return prepared.weight();
  }

  @Override
  public long liveBytes() {
    return clickHouse.number(
        "SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND database = "
            + Literal.of(clickHouse.settings().database()));
  }

  /** ClickHouse gives space back by itself. */
  @Override
  public CompletableFuture<Void> shrink() {
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public List<StoredTrace> traces(TraceQuery query) {
    return traces.page(query);
  }

  @Override
  public long countTraces(TraceQuery query, long atMost) {
    return traces.count(query, atMost);
  }

  @Override
  public @Nullable StoredTrace trace(String project, String traceId) {
    return firstOrNull(traces.one(project, traceId));
  }

  @Override
  public Map<String, List<FacetValue>> facets(TraceQuery query, int valuesPerFacet) {
    return traces.facets(query, valuesPerFacet);
  }

  @Override
  public List<StoredObservation> observations(ObservationQuery query) {
    return observations.page(query);
  }

  @Override
  public long countObservations(ObservationQuery query) {
    return observations.count(query);
  }

  @Override
  public @Nullable StoredObservation observation(
      String project, @Nullable String traceId, String id) {
    return firstOrNull(observations.one(project, traceId, id));
  }

  @Override
  public Map<String, List<String>> observationIds(String project, List<String> traceIds) {
    return observations.ids(project, traceIds);
  }

  @Override
  public List<SessionSummary> sessions(SessionQuery query) {
    return traces.sessions(query);
  }

  @Override
  public long countSessions(SessionQuery query) {
    return traces.countSessions(query);
  }

  @Override
  public List<TraceVolume> volume(TraceQuery query, Duration step) {
    return insights.volume(query, step);
  }

  @Override
  public List<TraceGroup> groups(TraceQuery query, Grouping by) {
    return insights.groups(query, by);
  }

  @Override
  public long countGroups(TraceQuery query, Grouping by) {
    return insights.countGroups(query, by);
  }

  @Override
  public PerformanceReport performance(TraceQuery query, Duration step, int limit) {
    return insights.performance(query, step, limit);
  }

  @Override
  public List<StoredScore> scores(ScoreQuery query) {
    return scores.page(query);
  }

  @Override
  public long countScores(ScoreQuery query) {
    return scores.count(query);
  }

  @Override
  public Map<String, List<String>> scoreIds(String project, List<String> traceIds) {
    return scores.ids(project, traceIds);
  }

  @Override
  public MetadataStore metadata() {
    return metadata;
  }

  @Override
  public ExperimentStore experiments() {
    return experiments;
  }

  @Override
  public MetricsStore metrics() {
    return metrics;
  }

  @Override
  public StoreStatistics statistics(String project) {
    return clickHouse
        .query(
            "SELECT uniqExact(o.trace_id) AS traces, countIf(o.part = 0) AS observations"
                + " FROM observations AS o FINAL WHERE o.project = "
                + Literal.of(project),
            row ->
                new StoreStatistics(row.number("traces"), row.number("observations"), liveBytes()))
        .get(0);
  }

  @Override
  public List<TraceChange> changedElsewhere(String project) {
    return elsewhere.of(project);
  }

  @Override
  public void close() {
    writer.close();
    metadata.close();
  }

  private static <T> @Nullable T firstOrNull(List<T> rows) {
    return rows.isEmpty() ? null : rows.get(0);
  }
}
