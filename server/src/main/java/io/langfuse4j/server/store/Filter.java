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
    /** As CONTAINS, but that upper and lower case are the same except in metadata. */
    MATCHES,
    IS_NULL,
    IS_NOT_NULL
  }

  /** The condition whose opposite this one is; null if this one says what is, not what is not. */
  public @Nullable Filter opposite() {
    return switch (operator) {
      case NOT_EQUAL -> new Filter(column, key, Operator.EQUAL, value);
      case NONE_OF -> new Filter(column, key, Operator.ANY_OF, value);
      case DOES_NOT_CONTAIN -> new Filter(column, key, Operator.CONTAINS, value);
      case IS_NULL -> new Filter(column, key, Operator.IS_NOT_NULL, value);
      default -> null;
    };
  }

  /** As this one on texts that JSON is made of, where flags are texts and case always counts. */
  public Filter onMetadata() {
    Object text = value instanceof Boolean ? value.toString() : value;
    return new Filter(
        column, key, operator == Operator.MATCHES ? Operator.CONTAINS : operator, text);
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
