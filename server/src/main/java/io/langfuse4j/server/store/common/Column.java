package io.langfuse4j.server.store.common;

import org.jspecify.annotations.Nullable;

/**
 * How a filter column is found in SQL.
 *
 * @param sql an expression over the query's tables; for what belongs to the trace the name of the
 *     trace's column, without a table
 * @param text whether its values are text rather than numbers, times or flags
 * @param scores whose scores those of {@link Kind#SCORES} and {@link Kind#SCORE} are; null for
 *     others
 */
public record Column(Kind kind, String sql, boolean text, @Nullable ScoresOf scores) {

  /** Whose scores. */
  public enum ScoresOf {
    /** A trace's, those of its observations included; rows are traces. */
    TRACES,
    /** An observation's own. */
    OBSERVATIONS,
    /** Those of an observation's trace that are not of an observation. */
    TRACES_OF_OBSERVATIONS
  }

  /** What must be written around the expression. */
  public enum Kind {
    /** Nothing: it has one value for each row. */
    PLAIN,
    /** A column of the trace that has several values. */
    LIST,
    /** A column of the trace that a row belongs to. */
    OF_TRACE,
    /** The like of LIST. */
    LIST_OF_TRACE,
    /** An entry of a JSON object. */
    METADATA,
    /** What the scores {@code s} under one name come to together. */
    SCORES,
    /** Any of the scores {@code s} under one name. */
    SCORE,
    /** Several values of the row itself, in whichever form the store keeps lists. */
    VALUES
  }

  private Column(Kind kind, String sql, boolean text) {
    this(kind, sql, text, null);
  }

  public static Column text(String sql) {
    return new Column(Kind.PLAIN, sql, true);
  }

  static Column number(String sql) {
    return new Column(Kind.PLAIN, sql, false);
  }

  static Column list(String name) {
    return new Column(Kind.LIST, name, true);
  }

  public static Column ofTrace(String name) {
    return new Column(Kind.OF_TRACE, name, true);
  }

  static Column listOfTrace(String name) {
    return new Column(Kind.LIST_OF_TRACE, name, true);
  }

  /** An aggregate. */
  static Column scores(ScoresOf owner, String sql) {
    return new Column(Kind.SCORES, sql, false, owner);
  }

  /** A column of scores. */
  static Column score(ScoresOf owner, String sql, boolean text) {
    return new Column(Kind.SCORE, sql, text, owner);
  }

  static Column values(String sql) {
    return new Column(Kind.VALUES, sql, true);
  }

  static Column metadata(String sql) {
    return new Column(Kind.METADATA, sql, true);
  }

  /** The same kind of value by another expression. */
  Column as(String other) {
    return new Column(kind, other, text, scores);
  }
}
