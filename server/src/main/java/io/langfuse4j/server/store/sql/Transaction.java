package io.langfuse4j.server.store.sql;

import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads and changes that are committed together, or not at all. */
public interface Transaction extends Session {

  /** Returns how many rows were changed. */
  int execute(String sql, @Nullable Object... values) throws SQLException;

  /** The time of everything that this transaction writes, in whole milliseconds. */
  Instant now();
}
