package io.langfuse4j.server.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one request: the JSON of the {@code filter} parameter, and simple parameters where
 * that says nothing about their column.
 */
final class Filters {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final Map<String, Operator> OPERATORS =
      Map.ofEntries(
          Map.entry("=", Operator.EQUAL),
          Map.entry("<>", Operator.NOT_EQUAL),
          Map.entry("<", Operator.LESS),
          Map.entry("<=", Operator.LESS_OR_EQUAL),
          Map.entry(">", Operator.GREATER),
          Map.entry(">=", Operator.GREATER_OR_EQUAL),
          Map.entry("contains", Operator.CONTAINS),
          Map.entry("does not contain", Operator.DOES_NOT_CONTAIN),
          Map.entry("starts with", Operator.STARTS_WITH),
          Map.entry("ends with", Operator.ENDS_WITH),
          Map.entry("any of", Operator.ANY_OF),
          Map.entry("none of", Operator.NONE_OF),
          Map.entry("all of", Operator.ALL_OF),
          Map.entry("matches", Operator.MATCHES),
          Map.entry("is null", Operator.IS_NULL),
          Map.entry("is not null", Operator.IS_NOT_NULL));

  private static final Set<Operator> ORDERING =
      Set.of(Operator.LESS, Operator.LESS_OR_EQUAL, Operator.GREATER, Operator.GREATER_OR_EQUAL);
  private static final Set<Operator> TEXTUAL =
      Set.of(
          Operator.EQUAL,
          Operator.CONTAINS,
          Operator.DOES_NOT_CONTAIN,
          Operator.STARTS_WITH,
          Operator.ENDS_WITH);
  private static final Set<Operator> NUMERIC =
      Set.of(
          Operator.EQUAL,
          Operator.LESS,
          Operator.LESS_OR_EQUAL,
          Operator.GREATER,
          Operator.GREATER_OR_EQUAL);
  private static final Set<Operator> CHOICE = Set.of(Operator.ANY_OF, Operator.NONE_OF);
  private static final Set<Operator> CHOICES =
      Set.of(Operator.ANY_OF, Operator.NONE_OF, Operator.ALL_OF);
  private static final Set<Operator> EQUALITY = Set.of(Operator.EQUAL, Operator.NOT_EQUAL);
  private static final Set<Operator> NULLNESS = Set.of(Operator.IS_NULL, Operator.IS_NOT_NULL);

  /** Filter types of Langfuse's language, the operators each takes and how its value is read. */
  private static final Map<String, Type> TYPES =
      Map.ofEntries(
          Map.entry("datetime", new Type(ORDERING, Filters::instant)),
          Map.entry("string", new Type(TEXTUAL, Filters::text)),
          Map.entry("number", new Type(NUMERIC, Filters::number)),
          Map.entry("stringOptions", new Type(CHOICE, Filters::texts)),
          Map.entry("arrayOptions", new Type(CHOICES, Filters::texts)),
          Map.entry("stringObject", new Type(TEXTUAL, Filters::text)),
          Map.entry("categoryOptions", new Type(CHOICE, Filters::texts)),
          Map.entry("numberObject", new Type(NUMERIC, Filters::number)),
          Map.entry("booleanObject", new Type(EQUALITY, Filters::flag)),
          Map.entry("boolean", new Type(EQUALITY, Filters::flag)),
          Map.entry("null", new Type(NULLNESS, value -> "")));

  /** Columns that are searched for text. */
  private static final Set<String> MATCHED = Set.of("input", "output", "metadata");

  /** Those that ask for one entry of an object. */
  private static final Set<String> KEYED =
      Set.of("stringObject", "categoryOptions", "numberObject", "booleanObject");

  private final List<Filter> filters;
  private final Set<String> given;

  private Filters(List<Filter> filters) {
    this.filters = new ArrayList<>(filters);
    this.given = filters.stream().map(Filter::column).collect(Collectors.toSet());
  }

  static Filters of(Request request) {
    return of(request, false);
  }

  /** Those of newer lists, which also find text in content, whatever its case. */
  static Filters withMatches(Request request) {
    return of(request, true);
  }

  private static Filters of(Request request, boolean matches) {
    String json = request.query("filter");
    return new Filters(json == null ? List.of() : parse(json, matches));
  }

  Filters equal(String column, @Nullable Object value) {
    return add(column, value == null ? null : Filter.equal(column, value));
  }

  Filters anyOf(String column, List<String> values) {
    return add(column, values.isEmpty() ? null : Filter.anyOf(column, values));
  }

  Filters allOf(String column, List<String> values) {
    return add(column, values.isEmpty() ? null : Filter.allOf(column, values));
  }

  Filters between(String column, @Nullable Instant from, @Nullable Instant before) {
    add(column, from == null ? null : Filter.from(column, from));
    return add(column, before == null ? null : Filter.before(column, before));
  }

  /** A condition that no other method makes; null for none. */
  Filters with(String column, @Nullable Filter filter) {
    return add(column, filter);
  }

  List<Filter> list() {
    return filters;
  }

  /** With those by comments on these rows in a form that every store knows. */
  List<Filter> list(AnnotationStore comments, Request request, Comment.ObjectType type) {
    return CommentFilters.resolve(filters, comments, request.project(), type);
  }

  private Filters add(String column, @Nullable Filter filter) {
    if (filter != null && !given.contains(column)) {
      filters.add(filter);
    }
    return this;
  }

  private static List<Filter> parse(String json, boolean matches) {
    JsonNode array;
    try {
      array = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw ApiException.invalidRequest("Invalid JSON in filter parameter");
    }
    return parse(array, matches);
  }

  /** Filters in a request's JSON; none if absent. */
  static List<Filter> parse(@Nullable JsonNode array) {
    return parse(array, false);
  }

  private static List<Filter> parse(@Nullable JsonNode array, boolean matches) {
    if (array != null && (array.isMissingNode() || array.isNull())) {
      return List.of();
    }
    if (array == null || !array.isArray()) {
      throw Issues.custom("filter", "Expected an array of filters");
    }
    List<Filter> filters = new ArrayList<>();
    for (JsonNode node : array) {
      filters.add(filter(node, matches));
    }
    return filters;
  }

  private static Filter filter(JsonNode node, boolean matches) {
    Type type = TYPES.get(node.path("type").asText());
    if (type == null) {
      throw Issues.custom("filter", "Unsupported filter type '" + node.path("type").asText() + "'");
    }
    String name = node.path("operator").asText();
    Operator operator = OPERATORS.get(name);
    boolean known =
        type.operators.contains(operator)
            || matches
                && operator == Operator.MATCHES
                && MATCHED.contains(node.path("column").asText());
    if (operator == null || !known) {
      throw Issues.custom("filter", "Unsupported operator '" + name + "'");
    }
    String key = node.hasNonNull("key") ? node.path("key").asText() : null;
    if (key == null && KEYED.contains(node.path("type").asText())) {
      throw Issues.invalidType("filter", "string", "undefined");
    }
    return new Filter(
        node.path("column").asText(), key, operator, type.reader.read(node.path("value")));
  }

  private static Object instant(JsonNode value) {
    Instant instant = Parameters.parseInstant(value.asText());
    if (instant == null) {
      throw Issues.invalidDate("filter");
    }
    return instant;
  }

  private static Object text(JsonNode value) {
    if (!value.isTextual()) {
      throw Issues.invalidType("filter", "string", kind(value));
    }
    return value.asText();
  }

  private static Object number(JsonNode value) {
    if (!value.isNumber()) {
      throw Issues.invalidType("filter", "number", kind(value));
    }
    return value.doubleValue();
  }

  private static Object flag(JsonNode value) {
    if (!value.isBoolean()) {
      throw Issues.invalidType("filter", "boolean", kind(value));
    }
    return value.booleanValue();
  }

  private static Object texts(JsonNode value) {
    if (!value.isArray()) {
      throw Issues.invalidType("filter", "array", kind(value));
    }
    List<String> texts = new ArrayList<>();
    value.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  private static String kind(JsonNode value) {
    return Objects.toString(value.getNodeType()).toLowerCase(Locale.ROOT);
  }

  private record Type(Set<Operator> operators, ValueReader reader) {}

  private interface ValueReader {
    Object read(JsonNode value);
  }
}
