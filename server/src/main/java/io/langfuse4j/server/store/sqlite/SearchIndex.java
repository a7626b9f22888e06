package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.common.SearchWords;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which traces have which words. An FTS5 table in a file of its own, fed behind the writer by one
 * thread, so that ingest does not wait for it; it knows how far it has come and goes on from there.
 * Nothing is lost with the file: it is built again from the database. Thread-safe.
 *
 * <p>A document holds the distinct words of what arrived of one trace at a time; its row id is the
 * trace's key and a number. That makes a search over traces a search over row ids.
 */
final class SearchIndex implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(SearchIndex.class);

  /** Raised when the words or the layout change; an index of another version is built again. */
  private static final int VERSION = 1;

  private static final int BATCH = 2_000;
  private static final long IDLE_MILLIS = 200;

  /** While the writer is busy, it is left that many times as long as a batch took. */
  private static final long POLITENESS = 10;

  private static final long AFTER_FAILURE_MILLIS = 5_000;

  /** Bits of a row id that number a trace's documents. */
  static final int DOCUMENT_BITS = 20;

  private final Readers readers;
  private final BooleanSupplier writing;
  private final Runnable requeued;
  private final Connection connection;
  private final Statements statements;
  private final Thread thread;
  private final ReentrantLock lock = new ReentrantLock();
  private final Semaphore wanted = new Semaphore(0);
  private final Condition progressed = lock.newCondition();

  // Guarded by lock.
  private boolean closed;
  private Progress done;

  /** How far the index has come. */
  record Progress(long observation, long queued) {
    boolean reaches(Progress other) {
      return observation >= other.observation && queued >= other.queued;
    }
  }

  private SearchIndex(
      Readers readers, Connection connection, BooleanSupplier writing, Runnable requeued)
      throws SQLException {
    this.readers = readers;
    this.writing = writing;
    this.requeued = requeued;
    this.connection = connection;
    this.statements = new Statements(connection);
    this.done = readProgress();
    this.thread = new Thread(this::run, "langfuse4j-search-index");
    this.thread.setDaemon(true);
  }

  /**
   * Opens the index beside a database, anew if it is not usable.
   *
   * @param writing whether the writer has work, which comes first
   * @param requeued called after queued traces have been taken in, so that the queue can be emptied
   */
  static SearchIndex open(
      Database database, Readers readers, BooleanSupplier writing, Runnable requeued)
      throws SQLException {
    SearchIndex index;
    try {
      index = new SearchIndex(readers, prepared(database), writing, requeued);
    } catch (SQLException e) {
      LOGGER.info("The search index is built anew: {}", e.getMessage());
      delete(database.searchFile());
      index = new SearchIndex(readers, prepared(database), writing, requeued);
    }
    index.forgetAnotherDatabase();
    index.thread.start();
    return index;
  }

  private static Connection prepared(Database database) throws SQLException {
    Connection connection = database.openIndex();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet version = statement.executeQuery("PRAGMA user_version")) {
        if (version.getInt(1) == VERSION) {
          return connection;
        }
        if (version.getInt(1) != 0) {
          throw new SQLException("It was made by another version");
        }
      }
      statement.execute("BEGIN");
      statement.execute(
          "CREATE VIRTUAL TABLE doc USING fts5(words, content='', contentless_delete=1,"
              + " detail=none, tokenize='ascii')");
      statement.execute("INSERT INTO doc(doc, rank) VALUES ('hashsize', 16777216)");
      statement.execute(
          "CREATE TABLE progress (observation INTEGER, queued INTEGER, serial INTEGER)");
      statement.execute("INSERT INTO progress VALUES (0, 0, 0)");
      statement.execute("PRAGMA user_version = " + VERSION);
      statement.execute("COMMIT");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** An index that is ahead of its database was made for another one, such as before a restore. */
  private void forgetAnotherDatabase() throws SQLException {
    if (!newest().reaches(done())) {
      LOGGER.info("The search index is built anew: it is ahead of the database");
      execute("INSERT INTO doc(doc) VALUES ('delete-all')");
      execute("UPDATE progress SET observation = 0, queued = 0");
      finished(readProgress());
    }
  }

  private static void delete(Path file) throws SQLException {
    try {
      for (String suffix : List.of("", "-wal", "-shm")) {
        Files.deleteIfExists(Path.of(file + suffix));
      }
    } catch (IOException e) {
      throw new SQLException("The search index " + file + " cannot be replaced", e);
    }
  }

  /** How far the queue has been taken in. */
  long queuedDone() {
    return done().queued;
  }

  /** How many observations are stored but not yet to be found by their words. */
  long behind() {
    long newest = newest().observation;
    lock.lock();
    try {
      return Math.max(0, newest - done.observation);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until all that can be read now can also be found, at most so long.
   *
   * @return whether it is so
   */
  boolean catchUp(Duration patience) {
    Progress target = newest();
    lock.lock();
    try {
      long left = patience.toNanos();
      while (!done.reaches(target) && !closed) {
        wanted.release();
        if (left <= 0) {
          return false;
        }
        left = progressed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /** Stops feeding, which reads the database. */
  void stop() {
    lock.lock();
    try {
      closed = true;
      wanted.release();
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** To be called when nobody reads any more, so that one tidy file is left. */
  @Override
  public void close() throws SQLException {
    stop();
    statements.close();
    connection.close();
  }

  private Progress newest() {
    return readers.read(SearchIndex::newest);
  }

  private static Progress newest(Connection main) throws SQLException {
    try (Statement statement = main.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT "
                    + Keys.HIGHEST.formatted("observation")
                    + ", (SELECT coalesce(max(seq), 0) FROM sqlite_sequence"
                    + " WHERE name = 'search_queue')")) {
      return new Progress(row.getLong(1), row.getLong(2));
    }
  }

  private Progress readProgress() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT observation, queued FROM progress")) {
      return new Progress(row.getLong(1), row.getLong(2));
    }
  }

  private void run() {
    long pause = IDLE_MILLIS;
    while (waited(pause)) {
      long before = System.nanoTime();
      try {
        boolean more = indexBatch();
        long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - before);
        pause = !more ? IDLE_MILLIS : writing.getAsBoolean() ? POLITENESS * took : 0;
      } catch (SQLException | RuntimeException e) {
        if (!isClosed()) {
          LOGGER.warn("The search index is behind; it is tried again", e);
        }
        pause = AFTER_FAILURE_MILLIS;
      }
    }
  }

  /** Waits until it is time or somebody searches; false if the index is to stop. */
  private boolean waited(long millis) {
    try {
      var unused = wanted.tryAcquire(millis, TimeUnit.MILLISECONDS);
      wanted.drainPermits();
      return !isClosed();
    } catch (InterruptedException e) {
      return false;
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  /** Takes in what comes next; false if nothing was left. */
  private boolean indexBatch() throws SQLException {
    Progress from = done();
    Batch batch = readers.read(main -> Batch.read(main, from, BATCH));
    if (batch.to().equals(from)) {
      return false;
    }
    execute("BEGIN IMMEDIATE");
    boolean committed = false;
    try {
      for (long trace : batch.changed()) {
        statements.execute(
            "DELETE FROM doc WHERE rowid BETWEEN ? AND ?", first(trace), first(trace + 1) - 1);
      }
      long serial = nextSerial();
      for (Map.Entry<Long, SearchWords> entry : batch.words().entrySet()) {
        String words = entry.getValue().joined();
        if (!words.isEmpty()) {
          long number = serial & ((1L << DOCUMENT_BITS) - 1);
          statements.execute(
              "INSERT OR REPLACE INTO doc (rowid, words) VALUES (?, ?)",
              first(entry.getKey()) + number,
              words);
        }
      }
      statements.execute(
          "UPDATE progress SET observation = ?, queued = ?, serial = ?",
          batch.to().observation,
          batch.to().queued,
          serial);
      execute("COMMIT");
      committed = true;
    } finally {
      if (!committed) {
        execute("ROLLBACK");
      }
    }
    finished(batch.to());
    if (batch.to().queued > from.queued) {
      requeued.run();
    }
    return true;
  }

  private static long first(long trace) {
    return trace << DOCUMENT_BITS;
  }

  private long nextSerial() throws SQLException {
    PreparedStatement statement = statements.prepare("SELECT serial + 1 FROM progress");
    try (ResultSet row = statement.executeQuery()) {
      return row.getLong(1);
    }
  }

  private Progress done() {
    lock.lock();
    try {
      return done;
    } finally {
      lock.unlock();
    }
  }

  private void finished(Progress to) {
    lock.lock();
    try {
      done = to;
      progressed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Words to take in, by trace. */
  private record Batch(Progress to, List<Long> changed, Map<Long, SearchWords> words) {

    static Batch read(Connection main, Progress from, int limit) throws SQLException {
      Map<Long, SearchWords> words = new LinkedHashMap<>();
      List<Long> changed = new ArrayList<>();
      long queued = readChanged(main, from.queued, limit, changed, words);
      long observation =
          changed.isEmpty() ? readNew(main, from.observation, limit, words) : from.observation;
      for (Map.Entry<Long, SearchWords> entry : words.entrySet()) {
        readTrace(main, entry.getKey(), entry.getValue());
      }
      return new Batch(new Progress(observation, queued), changed, words);
    }

    /** Traces that are taken in as a whole again, because something of them has changed. */
    private static long readChanged(
        Connection main, long after, int limit, List<Long> changed, Map<Long, SearchWords> words)
        throws SQLException {
      long last = after;
      try (PreparedStatement statement =
          main.prepareStatement(
              "SELECT pk, trace FROM search_queue WHERE pk > ? ORDER BY pk LIMIT ?")) {
        Rows.bind(statement, after, limit / 10);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            last = row.getLong(1);
            if (words.putIfAbsent(row.getLong(2), new SearchWords()) == null) {
              changed.add(row.getLong(2));
            }
          }
        }
      }
      for (long trace : changed) {
        SearchWords of = words.getOrDefault(trace, new SearchWords());
        readObservations(main, "o.trace = ?", row -> of, trace);
      }
      return last;
    }

    private static long readNew(
        Connection main, long after, int limit, Map<Long, SearchWords> words) throws SQLException {
      long last =
          readObservations(
              main,
              "o.pk > ? ORDER BY o.pk LIMIT ?",
              row -> words.computeIfAbsent(row.getLong("trace"), key -> new SearchWords()),
              after,
              limit);
      // Past the last one there may have been more, which were deleted.
      return last == 0 ? newest(main).observation : last;
    }

    private interface Target {
      SearchWords of(ResultSet row) throws SQLException;
    }

    private static long readObservations(
        Connection main, String which, Target target, Object... values) throws SQLException {
      long last = 0;
      try (PreparedStatement statement =
          main.prepareStatement(
              "SELECT o.pk AS pk, o.trace AS trace, o.name AS name,"
                  + " o.status_message AS status_message, c.input AS input, c.output AS output"
                  + " FROM observation o LEFT JOIN observation_content c ON c.observation = o.pk"
                  + " WHERE "
                  + which)) {
        Rows.bind(statement, values);
        try (ResultSet row = statement.executeQuery()) {
          while (row.next()) {
            last = row.getLong("pk");
            SearchWords words = target.of(row);
            words.add(Rows.text(row, "name"));
            words.add(Rows.text(row, "status_message"));
            words.add(Blobs.decodeNullable(Rows.blob(row, "input")));
            words.add(Blobs.decodeNullable(Rows.blob(row, "output")));
          }
        }
      }
      return last;
    }

    private static void readTrace(Connection main, long trace, SearchWords words)
        throws SQLException {
      try (PreparedStatement statement =
          main.prepareStatement(
              "SELECT t.name, t.user_id, t.session_id, c.input, c.output FROM trace t"
                  + " LEFT JOIN trace_content c ON c.trace = t.pk WHERE t.pk = ?")) {
        Rows.bind(statement, trace);
        try (ResultSet row = statement.executeQuery()) {
          if (row.next()) {
            words.add(row.getString(1));
            words.add(row.getString(2));
            words.add(row.getString(3));
            words.add(Blobs.decodeNullable(row.getBytes(4)));
            words.add(Blobs.decodeNullable(row.getBytes(5)));
          }
        }
      }
    }
  }
}
