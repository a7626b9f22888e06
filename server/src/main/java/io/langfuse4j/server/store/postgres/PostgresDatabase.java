package io.langfuse4j.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sql.Dialect;
import io.langfuse4j.server.store.sql.JdbcSession;
import io.langfuse4j.server.store.sql.SqlDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connections to PostgreSQL: some that read snapshots, a few that write. A write locks its
 * project's row first, so that writes to one project follow one another, whichever servers they
 * come from. Thread-safe.
 */
final class PostgresDatabase implements SqlDatabase {
  private static final Logger LOGGER = LoggerFactory.getLogger(PostgresDatabase.class);
  private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(5);
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** A server that stops in the middle must not keep the others out for long. */
  private static final String LIMITS =
      "SET idle_in_transaction_session_timeout = '20s'; SET statement_timeout = '20s';"
          + " SET lock_timeout = '10s'";

  /** A state of the SQL standard. */
  private static final String UNKNOWN_OUTCOME = "08007";

  private static final int WRITERS = 4;
  private static final int ATTEMPTS = 3;

  private final Clock clock;
  private final long waitingBytes;
  private final AtomicLong waiting = new AtomicLong();
  private final HikariDataSource forReading;
  private final HikariDataSource forWriting;
  private final ExecutorService executor;

  private PostgresDatabase(
      Clock clock, long waitingBytes, HikariDataSource forReading, HikariDataSource forWriting) {
    this.clock = clock;
    this.waitingBytes = waitingBytes;
    this.forReading = forReading;
    this.forWriting = forWriting;
    AtomicInteger threads = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            WRITERS,
            work -> {
              Thread thread =
                  new Thread(work, "langfuse4j-metadata-writer-" + threads.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Makes or updates the tables.
   *
   * @param waitingBytes how much may wait to be written before more is refused
   * @throws StoreException in one sentence, if PostgreSQL cannot be used
   */
  static PostgresDatabase open(PostgresSettings settings, Clock clock, long waitingBytes) {
    try (Connection connection = connect(settings)) {
      PostgresSchema.migrate(connection, () -> connect(settings));
    } catch (SQLException e) {
      throw unusable(settings, e);
    }
    int readers = Math.max(4, Runtime.getRuntime().availableProcessors());
    return new PostgresDatabase(
        clock,
        waitingBytes,
        new HikariDataSource(pool(settings, "reading", readers, true)),
        new HikariDataSource(pool(settings, "writing", WRITERS, false)));
  }

  /** A connection apart from the others, for scripts that may take their time. */
  static Connection connect(PostgresSettings settings) throws SQLException {
    Properties properties = new Properties();
    if (settings.user() != null) {
      properties.setProperty("user", settings.user());
    }
    if (settings.password() != null) {
      properties.setProperty("password", settings.password());
    }
    properties.setProperty("connectTimeout", Long.toString(CONNECT_PATIENCE.toSeconds()));
    return DriverManager.getConnection(settings.url(), properties);
  }

  private static HikariConfig pool(
      PostgresSettings settings, String use, int size, boolean readOnly) {
    HikariConfig config = new HikariConfig();
    config.setPoolName("langfuse4j-metadata-" + use);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(1);
    config.setAutoCommit(false);
    config.setReadOnly(readOnly);
    config.setTransactionIsolation(
        readOnly ? "TRANSACTION_REPEATABLE_READ" : "TRANSACTION_READ_COMMITTED");
    // The database may go away again by then; whoever asks is told.
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(CONNECT_PATIENCE.toMillis());
    config.setConnectionInitSql(LIMITS);
    config.addDataSourceProperty("ApplicationName", "langfuse4j");
    config.addDataSourceProperty("connectTimeout", Long.toString(CONNECT_PATIENCE.toSeconds()));
    config.addDataSourceProperty("socketTimeout", "30");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // Details hold what users wrote, and messages end up in logs.
    config.addDataSourceProperty("logServerErrorDetail", "false");
    return config;
  }

  static StoreException unusable(PostgresSettings settings, Throwable cause) {
    return new StoreException(
        "PostgreSQL at "
            + settings
            + " cannot be used ("
            + cause.getMessage()
            + "). See --metadata-url, LANGFUSE4J_METADATA_USER and LANGFUSE4J_METADATA_PASSWORD.",
        cause);
  }

  @Override
  public Dialect dialect() {
    return Dialect.POSTGRESQL;
  }

  @Override
  public <T> T read(Read<T> work) {
    try {
      return attempt(() -> snapshot(work));
    } catch (SQLException e) {
      throw failure("read", e);
    }
  }

  private <T> T snapshot(Read<T> work) throws SQLException {
    try (Connection connection = forReading.getConnection()) {
      T result = work.apply(new JdbcSession(connection));
      connection.rollback();
      return result;
    }
  }

  @Override
  public <T> CompletableFuture<T> write(String project, long weight, Write<T> work) {
    CompletableFuture<T> result = new CompletableFuture<>();
    long before = waiting.getAndAdd(weight);
    try {
      // A single piece of work heavier than the limit passes when nothing else waits.
      if (before > 0 && before + weight > waitingBytes) {
        throw new StoreBusyException("Too much is waiting to be written");
      }
      executor.execute(
          () -> {
            try {
              result.complete(attempt(() -> commit(project, work)));
            } catch (SQLException e) {
              result.completeExceptionally(failure("write", e));
            } catch (RuntimeException | Error e) {
              result.completeExceptionally(e);
            } finally {
              waiting.addAndGet(-weight);
            }
          });
    } catch (StoreBusyException e) {
      waiting.addAndGet(-weight);
      result.completeExceptionally(e);
    } catch (RejectedExecutionException e) {
      waiting.addAndGet(-weight);
      result.completeExceptionally(new StoreException("The store is closed", e));
    }
    return result;
  }

  /** Again, if others got in the way, or if the connection was lost before anything was done. */
  private static <T> T attempt(Work<T> work) throws SQLException {
    int attempt = 1;
    while (true) {
      try {
        return work.run();
      } catch (SQLException e) {
        if (attempt == ATTEMPTS || !State.of(e).isPassing()) {
          throw e;
        }
        attempt++;
      }
    }
  }

  private interface Work<T> {
    T run() throws SQLException;
  }

  private <T> T commit(String project, Write<T> work) throws SQLException {
    try (Connection connection = forWriting.getConnection()) {
      boolean committed = false;
      try {
        PostgresTransaction transaction = new PostgresTransaction(connection, clock);
        T result = work.apply(transaction, transaction.lock(project));
        commit(connection);
        committed = true;
        return result;
      } finally {
        if (!committed) {
          rollBack(connection);
        }
      }
    }
  }

  private static void commit(Connection connection) throws SQLException {
    try {
      connection.commit();
    } catch (SQLException e) {
      if (State.of(e) == State.LOST) {
        throw new SQLException("whether it was stored is not known", UNKNOWN_OUTCOME, e);
      }
      throw e;
    }
  }

  private static void rollBack(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // What made the work fail is told; a broken connection has rolled back already.
      LOGGER.debug("Nothing left to roll back", e);
    }
  }

  private static RuntimeException failure(String what, SQLException e) {
    return switch (State.of(e)) {
      case NUL_CHARACTER ->
          new RefusedException(Reason.INVALID, "Text with the character U+0000 cannot be stored");
      case TOO_LONG ->
          new RefusedException(
              Reason.INVALID, "A name or id is too long to be stored: 2,000 bytes are not");
      case LOCKED -> new StoreBusyException("Too much is being changed in this project at once");
      default -> new StoreException("PostgreSQL could not " + what + ": " + e.getMessage(), e);
    };
  }

  /** What a failure is, by the codes that PostgreSQL documents. */
  private enum State {
    NUL_CHARACTER,
    TOO_LONG,
    LOCKED,
    CROSSED,
    LOST,
    OTHER;

    static State of(SQLException e) {
      @Nullable String state = e.getSQLState();
      return switch (state == null ? "" : state) {
        case "22021" -> NUL_CHARACTER;
        case "54000" -> TOO_LONG;
        case "55P03" -> LOCKED;
        case "40001", "40P01" -> CROSSED;
        case "08000", "08003", "08006", "57P01", "57P02" -> LOST;
        default -> OTHER;
      };
    }

    /** Whether the same work may succeed when it is tried again. */
    boolean isPassing() {
      return this == CROSSED || this == LOST;
    }
  }

  @Override
  public void close() {
    executor.shutdown();
    try {
      if (!executor.awaitTermination(CLOSE_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        LOGGER.warn("PostgreSQL did not answer; writes that were not acknowledged are given up");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    forWriting.close();
    forReading.close();
  }
}
