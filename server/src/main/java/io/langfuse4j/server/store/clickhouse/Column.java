package io.langfuse4j.server.store.clickhouse;

/**
 * How a filter column is found in SQL.
 *
 * @param sql an expression over the query's tables
 * @param text whether its values are text rather than numbers, times or flags
 */
record Column(Kind kind, String sql, boolean text) {

  enum Kind {
    /** An ordinary expression. */
    PLAIN,
    /** Several values. */
    LIST,
    /** A column of the trace that a row belongs to: the expression is one over traces. */
    OF_TRACE,
    /** The like of LIST. */
    LIST_OF_TRACE,
    /** An entry of a JSON object. */
    METADATA,
    /** What the scores {@code s} of a trace under one name come to together. */
    SCORES
  }

  static Column text(String sql) {
    return new Column(Kind.PLAIN, sql, true);
  }

  static Column number(String sql) {
    return new Column(Kind.PLAIN, sql, false);
  }

  static Column list(String sql) {
    return new Column(Kind.LIST, sql, true);
  }

  static Column ofTrace(String sql) {
    return new Column(Kind.OF_TRACE, sql, true);
  }

  static Column listOfTrace(String sql) {
    return new Column(Kind.LIST_OF_TRACE, sql, true);
  }

  static Column scores(String sql, boolean text) {
    return new Column(Kind.SCORES, sql, text);
  }

  static Column metadata(String sql) {
    return new Column(Kind.METADATA, sql, true);
  }
}
