package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.Column.ScoresOf;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One filter as SQL over an expression. */
final class Condition {
  private Condition() {}

  /** Over an expression with one value. */
  static String of(String left, boolean text, Filter filter) {
    Object value = filter.value();
    String side = comparable(left, text, value);
    String literal = Literal.of(value);
    return switch (filter.operator()) {
      case EQUAL -> side + " = " + literal;
      case NOT_EQUAL -> "(" + side + " != " + literal + " OR " + left + " IS NULL)";
      case LESS -> side + " < " + literal;
      case LESS_OR_EQUAL -> side + " <= " + literal;
      case GREATER -> side + " > " + literal;
      case GREATER_OR_EQUAL -> side + " >= " + literal;
      case CONTAINS -> "position(" + asText(left, text) + ", " + asText(value) + ") > 0";
      case DOES_NOT_CONTAIN ->
          "coalesce(position(" + asText(left, text) + ", " + asText(value) + "), 0) = 0";
      case STARTS_WITH -> "startsWith(" + asText(left, text) + ", " + asText(value) + ")";
      case ENDS_WITH -> "endsWith(" + asText(left, text) + ", " + asText(value) + ")";
      case ANY_OF -> asText(left, text) + " IN " + Literal.list(filter.strings());
      case NONE_OF ->
          filter.strings().isEmpty()
              ? "1"
              : "("
                  + asText(left, text)
                  + " NOT IN "
                  + Literal.list(filter.strings())
                  + " OR "
                  + left
                  + " IS NULL)";
      case IS_NULL -> left + " IS NULL";
      case IS_NOT_NULL -> left + " IS NOT NULL";
      case MATCHES ->
          "positionCaseInsensitiveUTF8(" + asText(left, text) + ", " + asText(value) + ") > 0";
      case ALL_OF -> throw filter.unsupported();
    };
  }

  /** Rows that have scores under a name. */
  static String scored(String project, Column column, Filter filter) {
    @Nullable Filter opposite = filter.opposite();
    ScoresOf owner = Objects.requireNonNull(column.scores());
    boolean ofObservations = owner == ScoresOf.OBSERVATIONS;
    String key = ofObservations ? "s.trace_id, s.observation_id" : "s.trace_id";
    return (ofObservations ? "(o.trace_id, o.id)" : "o.trace_id")
        + (opposite == null ? " IN (SELECT " : " NOT IN (SELECT ")
        + (ofObservations ? "assumeNotNull(s.trace_id), assumeNotNull(s.observation_id)" : key)
        + " FROM scores AS s FINAL WHERE s.project = "
        + Literal.of(project)
        + " AND s.name = "
        + Literal.of(Objects.requireNonNullElse(filter.key(), ""))
        + " AND s.trace_id IS NOT NULL"
        + (ofObservations ? " AND s.observation_id IS NOT NULL" : "")
        + (owner == ScoresOf.TRACES_OF_OBSERVATIONS ? " AND s.observation_id IS NULL" : "")
        + (column.kind() == Column.Kind.SCORES ? " GROUP BY " + key + " HAVING " : " AND ")
        + of(column.sql(), column.text(), opposite == null ? filter : opposite)
        + ")";
  }

  /** Over an expression with several values. */
  static String ofList(String left, Filter filter) {
    return switch (filter.operator()) {
      case EQUAL -> "has(" + left + ", " + asText(filter.value()) + ")";
      case ANY_OF -> hasAny(left, filter.strings());
      case NONE_OF -> "NOT " + hasAny(left, filter.strings());
      case ALL_OF -> "hasAll(" + left + ", " + array(filter.strings()) + ")";
      case IS_NULL -> "empty(" + left + ")";
      case IS_NOT_NULL -> "notEmpty(" + left + ")";
      default -> throw filter.unsupported();
    };
  }

  /** The entry of a JSON object as text; null if there is none. */
  static String metadata(String json, String key) {
    String arguments = "(" + json + ", " + Literal.of(key) + ")";
    return "multiIf(JSONType"
        + arguments
        + " = 'String', JSONExtractString"
        + arguments
        + ", JSONType"
        + arguments
        + " = 'Null', NULL, JSONExtractRaw"
        + arguments
        + ")";
  }

  static boolean names(Filter filter) {
    return filter.operator() == Operator.EQUAL || filter.operator() == Operator.ANY_OF;
  }

  private static String hasAny(String left, List<String> wanted) {
    return "hasAny(" + left + ", " + array(wanted) + ")";
  }

  private static String array(List<String> values) {
    return values.isEmpty()
        ? "CAST([], 'Array(String)')"
        : values.stream().map(Literal::of).collect(Collectors.joining(", ", "[", "]"));
  }

  /** ClickHouse refuses to compare text with numbers; whoever asks for it finds what is alike. */
  private static String comparable(String left, boolean text, Object value) {
    if (value instanceof String) {
      return asText(left, text);
    }
    return text && value instanceof Number ? "toFloat64OrNull(" + left + ")" : left;
  }

  private static String asText(String left, boolean text) {
    return text ? left : "toString(" + left + ")";
  }

  private static String asText(Object value) {
    return Literal.of(value.toString());
  }
}
