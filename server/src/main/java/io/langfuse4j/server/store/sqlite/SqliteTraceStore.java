package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.pricing.Pricer;
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
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceVolume;
import io.langfuse4j.server.store.common.FolderLock;
import io.langfuse4j.server.store.common.GroupWriter;
import io.langfuse4j.server.store.common.GroupWritingStore;
import io.langfuse4j.server.store.sql.JdbcSession;
import io.langfuse4j.server.store.sql.SqlDatabase;
import io.langfuse4j.server.store.sql.SqlMetadataStore;
import io.langfuse4j.server.store.sql.SqlModelStore;
import io.langfuse4j.server.store.sqlite.database.Commits;
import io.langfuse4j.server.store.sqlite.database.Database;
import io.langfuse4j.server.store.sqlite.database.Readers;
import io.langfuse4j.server.store.sqlite.metrics.InsightReads;
import io.langfuse4j.server.store.sqlite.metrics.SqliteMetricsStore;
import io.langfuse4j.server.store.sqlite.query.Sql;
import io.langfuse4j.server.store.sqlite.search.SearchIndex;
import io.langfuse4j.server.store.sqlite.writing.GroupCommitter;
import io.langfuse4j.server.store.sqlite.writing.PreparedSpan;
import io.langfuse4j.server.store.sqlite.writing.WriteTransaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The embedded store: everything in one folder, which it locks while it is open. Thread-safe. See
 * {@code docs/decisions/0001-embedded-store.md} for why SQLite and how it is laid out.
 */
public final class SqliteTraceStore extends GroupWritingStore<PreparedSpan, WriteTransaction> {
  /** Name of the database in its folder. */
  public static final String FILE = "langfuse4j.db";

  /** Between two pieces of work of the journal, which is no time to index. */
  private static final Duration LULL = Duration.ofSeconds(1);

  /** Sorted within a connection's cache; more slices would each have the same groups again. */
  private static final long ROWS_PER_SLICE = 25_000;

  private static final int MOST_GROUPS = 20_000;

  private static final Duration SEARCH_PATIENCE = Duration.ofSeconds(3);

  private final FolderLock lock;
  private final Database database;
  private final Connection writing;
  private final GroupCommitter committer;
  private final Readers readers;
  private final SearchIndex search;
  private final TraceReads traces = new TraceReads();
  private final InsightReads insights = new InsightReads(ROWS_PER_SLICE);
  private final ObservationReads observations = new ObservationReads();
  private final ScoreReads scores = new ScoreReads();
  private final SqlDatabase tables;
  private final MetadataStore metadata;
  private final ExperimentStore experiments;
  private final MetricsStore metrics;

  private SqliteTraceStore(
      FolderLock lock, Database database, Connection writing, Clock clock, long waitingBytes)
      throws SQLException {
    this.lock = lock;
    this.database = database;
    this.writing = writing;
    int processors = Runtime.getRuntime().availableProcessors();
    Commits commits = new Commits();
    Readers connections =
        new Readers(database::openForReading, commits, Math.max(4, processors), processors - 1);
    this.readers = connections;
    Pricer pricer =
        new Pricer(
            project ->
                connections.read(
                    connection -> SqlModelStore.own(new JdbcSession(connection), project)));
    this.committer = new GroupCommitter(writing, commits, pricer, clock, waitingBytes);
    this.tables = new MetadataTables(readers, committer);
    this.metadata = new SqlMetadataStore(tables, pricer);
    this.experiments = new SqliteExperimentStore(readers);
    this.metrics = new SqliteMetricsStore(readers, ROWS_PER_SLICE, MOST_GROUPS);
    this.search =
        SearchIndex.open(
            database, connections, () -> committer.busyWithin(LULL), this::forgetSearchQueue);
  }

  private void forgetSearchQueue() {
    var unused =
        committer.submit(100, transaction -> transaction.forgetSearchQueue(search.queuedDone()));
  }

  /**
   * Opens or creates the store in a folder.
   *
   * @param waitingBytes how much may wait to be written before {@link #write} refuses
   * @throws StoreException in one sentence, if the folder cannot be used
   */
  public static SqliteTraceStore open(Path folder, Clock clock, long waitingBytes) {
    FolderLock lock = FolderLock.acquire(folder);
    boolean opened = false;
    try {
      Database database =
          new Database(folder.resolve(FILE), folder.resolve("langfuse4j-search.db"));
      Connection writing = database.openForWriting();
      SqliteTraceStore store = new SqliteTraceStore(lock, database, writing, clock, waitingBytes);
      opened = true;
      return store;
    } catch (SQLException e) {
      throw new StoreException(
          "The database in " + folder + " cannot be opened: " + e.getMessage(), e);
    } finally {
      if (!opened) {
        lock.close();
      }
    }
  }

  @Override
  protected GroupWriter<WriteTransaction> writer() {
    return committer;
  }

  @Override
  protected PreparedSpan prepared(MappedSpan span, Priced priced) {
    return PreparedSpan.of(span, priced);
  }

  @Override
  protected long weight(PreparedSpan prepared) {
    return prepared.weight();
  }

  @Override
  public boolean busy() {
    return committer.busy();
  }

  @Override
  public long liveBytes() {
    return readers.read(Database::liveBytes);
  }

  @Override
  public CompletableFuture<Void> shrink() {
    return committer.submit(1_000, WriteTransaction::shrink).thenApply(done -> null);
  }

  @Override
  public long searchBehind() {
    return search.behind();
  }

  @Override
  public List<StoredTrace> traces(TraceQuery query) {
    catchUp(query);
    return readers.read(connection -> traces.page(connection, query));
  }

  private void catchUp(TraceQuery query) {
    String text = query.search();
    if (text != null && !text.isBlank()) {
      // After a flood the index may need longer; then it finds what it has.
      var unused = search.catchUp(SEARCH_PATIENCE);
    }
  }

  @Override
  public long countTraces(TraceQuery query, long atMost) {
    catchUp(query);
    return readers.read(connection -> traces.count(connection, query, atMost));
  }

  @Override
  public @Nullable StoredTrace trace(String project, String traceId) {
    return firstOrNull(readers.read(connection -> traces.one(connection, project, traceId)));
  }

  @Override
  public Map<String, List<FacetValue>> facets(TraceQuery query, int valuesPerFacet) {
    catchUp(query);
    return readers.read(connection -> traces.facets(connection, query, valuesPerFacet));
  }

  @Override
  public List<StoredObservation> observations(ObservationQuery query) {
    return ObservationReads.isLarge(query)
        ? readers.readTogether(team -> observations.page(team, query))
        : readers.read(connection -> observations.page(connection, query));
  }

  @Override
  public long countObservations(ObservationQuery query) {
    return readers.read(connection -> observations.count(connection, query));
  }

  @Override
  public @Nullable StoredObservation observation(
      String project, @Nullable String traceId, String id) {
    return firstOrNull(
        readers.read(connection -> observations.one(connection, project, traceId, id)));
  }

  @Override
  public Map<String, List<String>> observationIds(String project, List<String> traceIds) {
    return readers.read(connection -> observations.ids(connection, project, traceIds));
  }

  @Override
  public List<SessionSummary> sessions(SessionQuery query) {
    return readers.read(connection -> traces.sessions(connection, query));
  }

  @Override
  public long countSessions(SessionQuery query) {
    return readers.read(connection -> traces.countSessions(connection, query));
  }

  @Override
  public List<TraceVolume> volume(TraceQuery query, Duration step) {
    return readers.read(connection -> insights.volume(connection, query, step));
  }

  @Override
  public List<TraceGroup> groups(TraceQuery query, Grouping by) {
    return readers.read(connection -> insights.groups(connection, query, by));
  }

  @Override
  public PerformanceReport performance(TraceQuery query, Duration step, int limit) {
    return readers.readTogether(team -> insights.performance(team, query, step, limit));
  }

  @Override
  public long countGroups(TraceQuery query, Grouping by) {
    return readers.read(connection -> insights.countGroups(connection, query, by));
  }

  @Override
  public List<StoredScore> scores(ScoreQuery query) {
    return readers.read(connection -> scores.page(connection, query));
  }

  @Override
  public long countScores(ScoreQuery query) {
    return readers.read(connection -> scores.count(connection, query));
  }

  @Override
  public Map<String, List<String>> scoreIds(String project, List<String> traceIds) {
    return readers.read(connection -> scores.ids(connection, project, traceIds));
  }

  /** The ids of all projects that anything was ever stored for, in their order. */
  public List<String> projectIds() {
    return readers.read(
        connection ->
            Sql.rows(connection, "SELECT id FROM project ORDER BY id", row -> row.getString(1)));
  }

  /** For a copy of the tables of metadata as they are. */
  public SqlDatabase metadataTables() {
    return tables;
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
    return readers.read(
        connection ->
            new StoreStatistics(
                Sql.total(connection, "traces", project),
                Sql.total(connection, "observations", project),
                database.bytes()));
  }

  @Override
  public void close() {
    search.stop();
    committer.close();
    try {
      readers.close();
      search.close();
      database.tidy(writing);
      writing.close();
    } catch (SQLException e) {
      throw new StoreException("The database could not be closed cleanly", e);
    } finally {
      lock.close();
    }
  }

  private static <T> @Nullable T firstOrNull(List<T> rows) {
    return rows.isEmpty() ? null : rows.get(0);
  }
}
