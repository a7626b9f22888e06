package io.langfuse4j.server.store.sql;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads inside one snapshot or transaction. Confined to the work that it is given to. */
public interface Session {
  <T> List<T> list(String sql, RowMapper<T> mapper, @Nullable Object... values) throws SQLException;

  /** The first row, or null if there is none. */
  default <T> @Nullable T first(String sql, RowMapper<T> mapper, @Nullable Object... values)
      throws SQLException {
    List<T> rows = list(sql, mapper, values);
    return rows.isEmpty() ? null : rows.get(0);
  }
}
