package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.sql.Dialect;
import io.langfuse4j.server.store.sql.JdbcSession;
import io.langfuse4j.server.store.sql.SqlDatabase;
import io.langfuse4j.server.store.sqlite.database.Readers;
import io.langfuse4j.server.store.sqlite.writing.GroupCommitter;
import java.util.concurrent.CompletableFuture;

/**
 * Metadata in the file that traces are in, written by the same one thread: there is nobody else
 * whom a write could overlap. Closed with the store that it is part of. Thread-safe.
 */
record MetadataTables(Readers readers, GroupCommitter committer) implements SqlDatabase {

  @Override
  public Dialect dialect() {
    return Dialect.SQLITE;
  }

  @Override
  public <T> T read(Read<T> work) {
    return readers.read(connection -> work.apply(new JdbcSession(connection)));
  }

  @Override
  public <T> CompletableFuture<T> write(String project, long weight, Write<T> work) {
    return committer.submit(
        weight, transaction -> work.apply(transaction, transaction.project(project)));
  }

  @Override
  public void close() {}
}
