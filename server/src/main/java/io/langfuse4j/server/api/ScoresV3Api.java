package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.api.ScoreJson.Group;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Score.DataType;
import io.langfuse4j.server.model.Score.Source;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.ScoreStore;
import io.langfuse4j.server.store.StoredScore;
import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/v3/scores}: by cursor, with the fields that the reader asks for. */
final class ScoresV3Api {
  /** Parameters with values separated by commas, and the columns they restrict. */
  private static final Map<String, String> LISTS =
      Map.ofEntries(
          Map.entry("id", "id"),
          Map.entry("name", "name"),
          Map.entry("environment", "environment"),
          Map.entry("configId", "configId"),
          Map.entry("queueId", "queueId"),
          Map.entry("authorUserId", "authorUserId"),
          Map.entry("traceId", "traceId"),
          Map.entry("sessionId", "sessionId"),
          Map.entry("observationId", "observationId"),
          Map.entry("experimentId", "datasetRunId"));

  private static final Set<String> OTHERS =
      Set.of(
          "source",
          "dataType",
          "value",
          "valueMin",
          "valueMax",
          "fromTimestamp",
          "toTimestamp",
          "cursor",
          "limit",
          "fields");

  private static final Set<DataType> COMPARABLE =
      Set.of(DataType.NUMERIC, DataType.BOOLEAN, DataType.CATEGORICAL);
  private static final List<String> SUBJECTS = List.of("traceId", "sessionId", "experimentId");

  private final ScoreStore store;

  ScoresV3Api(ScoreStore store) {
    this.store = store;
  }

  Response list(Request request) {
    checkNames(request);
    int limit = Parameters.integer(request, "limit", 50, 1, 100);
    Set<Group> groups = groups(request);
    List<StoredScore> found =
        store.scores(
            ScoreQuery.of(request.project())
                .filters(filters(request))
                .page(limit + 1, 0)
                .after(after(request)));
    boolean more = found.size() > limit;
    List<StoredScore> page = more ? found.subList(0, limit) : found;
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                        "data",
                        array -> {
                          for (StoredScore score : page) {
                            array.element(
                                fields -> ScoreJson.v3(fields, request.project(), score, groups));
                          }
                        })
                    .object(
                        "meta",
                        meta -> {
                          meta.field("limit", limit);
                          if (more) {
                            meta.field("cursor", cursor(page.get(page.size() - 1)));
                          }
                        })));
  }

  private static void checkNames(Request request) {
    for (String name : request.queryNames()) {
      if (!LISTS.containsKey(name) && !OTHERS.contains(name)) {
        throw Issues.unrecognizedKey(name);
      }
    }
  }

  private static List<Filter> filters(Request request) {
    List<DataType> types = options(request, "dataType", DataType.class);
    List<Filter> filters = new ArrayList<>();
    LISTS.forEach((name, column) -> addAnyOf(filters, column, Parameters.list(request, name)));
    addAnyOf(filters, "source", names(options(request, "source", Source.class)));
    addAnyOf(filters, "dataType", names(types));
    addAnyOf(filters, "valueText", values(request, types));
    checkSubject(request);
    for (String bound : List.of("valueMin", "valueMax")) {
      if (request.query(bound) != null && !types.equals(List.of(DataType.NUMERIC))) {
        throw Issues.custom(bound, bound + " needs the one dataType NUMERIC");
      }
    }
    addBound(filters, request, "valueMin", Operator.GREATER_OR_EQUAL);
    addBound(filters, request, "valueMax", Operator.LESS_OR_EQUAL);
    Instant from = Parameters.instant(request, "fromTimestamp");
    Instant to = Parameters.instant(request, "toTimestamp");
    if (from != null) {
      filters.add(Filter.from("timestamp", from));
    }
    if (to != null) {
      filters.add(Filter.before("timestamp", to));
    }
    return filters;
  }

  private static void addAnyOf(List<Filter> filters, String column, List<String> values) {
    if (!values.isEmpty()) {
      filters.add(Filter.anyOf(column, values));
    }
  }

  /** In whichever case they are written. */
  private static <E extends Enum<E>> List<E> options(Request request, String name, Class<E> type) {
    List<E> options = new ArrayList<>();
    for (String given : Parameters.list(request, name)) {
      try {
        options.add(Enum.valueOf(type, given.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw Issues.custom(
            name,
            "Invalid %s value: \"%s\". Allowed: %s"
                .formatted(
                    name,
                    given,
                    Arrays.stream(type.getEnumConstants())
                        .map(Enum::name)
                        .collect(Collectors.joining(", "))));
      }
    }
    return options;
  }

  private static List<String> names(List<? extends Enum<?>> options) {
    return options.stream().map(Enum::name).toList();
  }

  /** As the store writes them. */
  private static List<String> values(Request request, List<DataType> types) {
    List<String> values = Parameters.list(request, "value");
    if (values.isEmpty()) {
      return values;
    }
    if (types.size() != 1 || !COMPARABLE.contains(types.get(0))) {
      throw Issues.custom("value", "value needs one dataType of NUMERIC, BOOLEAN and CATEGORICAL");
    }
    return switch (types.get(0)) {
      case NUMERIC ->
          values.stream()
              .map(value -> BigDecimal.valueOf(number("value", value)))
              .map(value -> value.stripTrailingZeros().toPlainString())
              .toList();
      case BOOLEAN -> values.stream().map(ScoresV3Api::answer).toList();
      case CATEGORICAL, TEXT, CORRECTION -> values;
    };
  }

  private static String answer(String value) {
    return switch (value) {
      case "true" -> "True";
      case "false" -> "False";
      default -> throw Issues.custom("value", "The value of a boolean must be true or false");
    };
  }

  /** A score has one subject, and observations are known within their trace. */
  private static void checkSubject(Request request) {
    List<String> given = SUBJECTS.stream().filter(name -> request.query(name) != null).toList();
    if (given.size() > 1) {
      throw Issues.custom(
          given.get(0), String.join(" and ", given) + " cannot be asked for together");
    }
    if (request.query("observationId") != null && request.query("traceId") == null) {
      throw Issues.custom("observationId", "observationId needs a traceId");
    }
  }

  private static double number(String name, String text) {
    try {
      double number = Double.parseDouble(text.strip());
      if (Double.isFinite(number)) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below in one way for all that is no number.
    }
    throw Issues.invalidType(name, "number", "NaN");
  }

  private static void addBound(
      List<Filter> filters, Request request, String name, Operator operator) {
    String text = request.query(name);
    if (text == null) {
      return;
    }
    filters.add(new Filter("numericValue", null, operator, number(name, text)));
  }

  private static Set<Group> groups(Request request) {
    Set<Group> groups = EnumSet.of(Group.CORE);
    for (String name : Parameters.list(request, "fields")) {
      try {
        groups.add(Group.valueOf(name.toUpperCase(Locale.ROOT)));
      } catch (IllegalArgumentException e) {
        throw Issues.custom(
            "fields",
            "Invalid field group '" + name + "'. Known: core, details, subject, annotation");
      }
    }
    return groups;
  }

  private static String cursor(StoredScore last) {
    byte[] json =
        Json.object(
            fields ->
                fields
                    .field("lastTimestamp", last.score().timestamp())
                    .field("lastId", last.score().id()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static ScoreQuery.@Nullable Position after(Request request) {
    String cursor = request.query("cursor");
    if (cursor == null) {
      return null;
    }
    try {
      byte[] json =
          Base64.getUrlDecoder()
              .decode(cursor.replace('+', '-').replace('/', '_').replace("=", ""));
      JsonNode node = Json.tree(new ByteArrayInputStream(json));
      Instant time = Parameters.parseInstant(node.path("lastTimestamp").asText());
      if (time != null && node.hasNonNull("lastId")) {
        return new ScoreQuery.Position(time, node.path("lastId").asText());
      }
    } catch (IllegalArgumentException e) {
      // Said below in one way for all forms of nonsense.
    }
    throw Issues.custom("cursor", "Invalid cursor");
  }
}
