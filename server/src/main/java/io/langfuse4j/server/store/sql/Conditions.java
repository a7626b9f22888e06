package io.langfuse4j.server.store.sql;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a query asks for, as SQL text and the values to bind. Values never become text. */
final class Conditions {
  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  private Conditions() {}

  /**
   * Over the rows of a project.
   *
   * @param column holds the project's key
   */
  static Conditions of(String project, String column) {
    Conditions conditions = new Conditions();
    conditions
        .sql
        .append(" WHERE ")
        .append(column)
        .append(" = (SELECT pk FROM project WHERE id = ?)");
    conditions.values.add(project);
    return conditions;
  }

  Conditions and(String condition, Object... bound) {
    sql.append(" AND ").append(condition);
    Collections.addAll(values, bound);
    return this;
  }

  /** Asks nothing if the value is null. */
  Conditions andIfGiven(String condition, @Nullable Object value) {
    return value == null ? this : and(condition, value);
  }

  /**
   * @param rest what follows the conditions, such as an order, with values of its own
   */
  <T> List<T> list(Session session, String select, String rest, RowMapper<T> mapper, Object... more)
      throws SQLException {
    List<Object> bound = new ArrayList<>(values);
    Collections.addAll(bound, more);
    return session.list(select + sql + " " + rest, mapper, bound.toArray());
  }

  <T> @Nullable T first(Session session, String select, RowMapper<T> mapper) throws SQLException {
    return session.first(select + sql, mapper, values.toArray());
  }

  /**
   * @param select begins with {@code SELECT count(}
   */
  long count(Session session, String select) throws SQLException {
    return list(session, select, "", row -> row.getLong(1)).get(0);
  }
}
