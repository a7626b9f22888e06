package io.langfuse4j.server.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One condition on a column. All conditions of a query hold together.
 *
 * @param column column id, as in Langfuse's filter language
 * @param key entry of an object column, such as a metadata key; null for plain columns
 * @param value an {@link Instant}, a {@link String}, a {@link Double}, a {@link Boolean} or a
 *     {@code List<String>}, whichever the operator takes
 */
public record Filter(String column, @Nullable String key, Operator operator, Object value) {

  /** How the column relates to the value. Text is compared exactly, case included. */
  public enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL,
    CONTAINS,
    DOES_NOT_CONTAIN,
    STARTS_WITH,
    ENDS_WITH,
    ANY_OF,
    NONE_OF,
    ALL_OF,
    IS_NULL,
    IS_NOT_NULL
  }

  public static Filter equal(String column, Object value) {
    return new Filter(column, null, Operator.EQUAL, value);
  }

  public static Filter anyOf(String column, List<String> values) {
    return new Filter(column, null, Operator.ANY_OF, List.copyOf(values));
  }

  public static Filter allOf(String column, List<String> values) {
    return new Filter(column, null, Operator.ALL_OF, List.copyOf(values));
  }

  public static Filter from(String column, Instant inclusive) {
    return new Filter(column, null, Operator.GREATER_OR_EQUAL, inclusive);
  }

  public static Filter before(String column, Instant exclusive) {
    return new Filter(column, null, Operator.LESS, exclusive);
  }

  public static Filter upTo(String column, Instant inclusive) {
    return new Filter(column, null, Operator.LESS_OR_EQUAL, inclusive);
  }

  /**
   * The values of an operator that takes several.
   *
   * @throws UnsupportedColumnException if there is only one value
   */
  public List<String> strings() {
    if (value instanceof List<?> list) {
      return list.stream().map(Object::toString).toList();
    }
    throw unsupported();
  }

  /** That the column does not have the operator. */
  public UnsupportedColumnException unsupported() {
    return new UnsupportedColumnException(
        "Operator " + operator + " is not available for column '" + column + "'");
  }
}
