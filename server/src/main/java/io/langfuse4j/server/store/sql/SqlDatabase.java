package io.langfuse4j.server.store.sql;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A database that holds the tables of this package. Thread-safe. */
public interface SqlDatabase extends AutoCloseable {

  /** Reads one snapshot. */
  interface Read<T> {
    T apply(Session session) throws SQLException;
  }

  /**
   * Reads and changes what belongs to one project. May be tried again after a failure.
   *
   * @param <T> never null
   */
  interface Write<T> {
    /**
     * @param project the project's key in all tables
     */
    T apply(Transaction transaction, long project) throws SQLException;
  }

  /** A read that may find nothing. */
  interface Find<T> {
    @Nullable T apply(Session session) throws SQLException;
  }

  Dialect dialect();

  /**
   * @throws io.langfuse4j.server.store.StoreException if the database does not answer
   */
  <T> T read(Read<T> work);

  /** As {@link #read}. */
  default <T> @Nullable T find(Find<T> work) {
    return read(session -> Optional.ofNullable(work.apply(session))).orElse(null);
  }

  /**
   * Runs work that nobody else's on the same project overlaps, on whichever server: what it has
   * read is still so when it commits.
   *
   * @param project its id; one that is not known is made
   * @param weight how many bytes wait, roughly
   * @return completes once the work is durable and readable; exceptionally with what the work
   *     throws, with {@link io.langfuse4j.server.store.StoreBusyException} if too much waits
   *     already, and with {@link io.langfuse4j.server.store.StoreException} if the database fails
   */
  <T> CompletableFuture<T> write(String project, long weight, Write<T> work);

  /** Finishes what was accepted. */
  @Override
  void close();
}
