package io.langfuse4j.server.store.sql;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads what the present row of a result says. */
public interface RowMapper<T> {
  T map(ResultSet row) throws SQLException;
}
