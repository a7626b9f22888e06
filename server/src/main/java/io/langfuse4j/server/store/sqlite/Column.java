package io.langfuse4j.server.store.sqlite;

/**
 * How a filter column is found in SQL.
 *
 * @param sql an expression over the query's tables; for a term its kind, for a trace's column its
 *     name
 */
record Column(Kind kind, String sql) {

  enum Kind {
    /** An ordinary expression: text, number, time or flag. */
    PLAIN,
    /** One of several values of a trace, kept in trace_term. */
    TERM,
    /** A column of the trace that an observation belongs to. */
    OF_TRACE,
    /** An entry of a JSON object inside compressed content. */
    METADATA,
    /** What the scores of a trace under one name come to together. */
    SCORES
  }

  static Column plain(String sql) {
    return new Column(Kind.PLAIN, sql);
  }

  static Column term(String kind) {
    return new Column(Kind.TERM, kind);
  }

  static Column ofTrace(String name) {
    return new Column(Kind.OF_TRACE, name);
  }

  static Column scores(String sql) {
    return new Column(Kind.SCORES, sql);
  }

  static Column metadata(String sql) {
    return new Column(Kind.METADATA, sql);
  }
}
