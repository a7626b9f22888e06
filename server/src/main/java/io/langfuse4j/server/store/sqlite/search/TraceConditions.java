package io.langfuse4j.server.store.sqlite.search;

import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.sqlite.query.SqliteDialect;
import io.langfuse4j.server.store.sqlite.query.Where;
import java.sql.Connection;
import java.sql.SQLException;

/** Which traces a query asks for, by its filters and its words. */
public final class TraceConditions {
  private TraceConditions() {}

  /** For counting and grouping: every match is needed. */
  public static Where all(TraceQuery query) {
    Where where = Where.traces(query.project()).and(SqliteDialect.TERMS.traces(), query.filters());
    Search search = Search.of(query.search());
    if (search != null) {
      search.restrictAll(where);
    }
    return where;
  }

  /** For a query that stops once a page is full; where the page begins is not among them. */
  public static Where page(Connection connection, TraceQuery query) throws SQLException {
    Where where =
        Where.traces(query.project())
            .forPage(connection)
            .and(SqliteDialect.TERMS.traces(), query.filters());
    Search search = Search.of(query.search());
    if (search != null) {
      search.restrictPage(connection, where);
    }
    return where;
  }

  /** Whether a query matches all traces of its project. */
  public static boolean isEverything(TraceQuery query) {
    return query.filters().isEmpty() && !hasWords(query);
  }

  public static boolean hasWords(TraceQuery query) {
    return Search.of(query.search()) != null;
  }
}
