package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.langfuse4j.server.api.ScoreJson.Group;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.store.ExperimentQuery;
import io.langfuse4j.server.store.ExperimentQuery.Position;
import io.langfuse4j.server.store.ExperimentStore;
import io.langfuse4j.server.store.ExperimentSummary;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.TraceStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * {@code /api/public/experiments} and {@code /api/public/experiment-items}: experiments as the
 * attributes of their observations tell of them.
 */
final class ExperimentsApi {
  private static final Set<String> GROUPS = Set.of("core", "metadata", "scores");
  private static final Set<String> ITEM_GROUPS =
      Set.of("core", "dataset", "io", "metadata", "itemMetadata", "experimentMetadata", "scores");
  private static final Set<Group> ALL_OF_A_SCORE = EnumSet.allOf(Group.class);

  private static final Map<String, String> SUMMARY_COLUMNS =
      new TreeMap<>(
          Map.of("id", "experimentId", "name", "experimentName", "datasetId", "datasetId"));
  private static final Map<String, String> ITEM_COLUMNS =
      Stream.of("experimentId", "experimentName", "experimentItemId", "datasetId")
          .collect(Collectors.toMap(name -> name, name -> name, (one, same) -> one, TreeMap::new));

  private final TraceStore traces;
  private final ExperimentStore store;

  ExperimentsApi(TraceStore traces) {
    this.traces = traces;
    this.store = traces.experiments();
  }

  Response experiments(Request request) {
    Set<String> groups = groups(request, GROUPS, Set.of("core"));
    int scoreLimit = scoreLimit(request);
    int limit = limit(request);
    List<ExperimentSummary> found = store.experiments(query(request, SUMMARY_COLUMNS, limit + 1));
    return answer(
        found,
        limit,
        last -> new Position(last.startTime(), last.id()),
        (json, experiment) -> {
          summary(json, experiment, groups);
          if (groups.contains("scores")) {
            scores(json, request, scoreLimit, Filter.equal("datasetRunId", experiment.id()));
          }
        });
  }

  Response items(Request request) {
    Set<String> groups = groups(request, ITEM_GROUPS, Set.of("core", "dataset"));
    int scoreLimit = scoreLimit(request);
    int limit = limit(request);
    List<StoredObservation> found = store.experimentItems(query(request, ITEM_COLUMNS, limit + 1));
    return answer(
        found,
        limit,
        last -> new Position(last.observation().timing().startTime(), last.observation().id()),
        (json, item) -> {
          item(json, item.observation(), groups);
          if (groups.contains("scores")) {
            scores(
                json, request, scoreLimit, Filter.equal("traceId", item.observation().traceId()));
          }
        });
  }

  private static int limit(Request request) {
    return Parameters.integer(request, "limit", 50, 1, 100);
  }

  private static int scoreLimit(Request request) {
    return Parameters.integer(request, "scoreLimit", 50, 1, 50);
  }

  private static Set<String> groups(Request request, Set<String> known, Set<String> usual) {
    List<String> named = Parameters.list(request, "fields");
    for (String name : named) {
      if (!known.contains(name)) {
        throw Issues.custom("fields", "Invalid field group '" + name + "'");
      }
    }
    return named.isEmpty() ? usual : new HashSet<>(named);
  }

  /**
   * @param columns what may be asked for, as parameters or in filters, and what the store calls it
   */
  private static ExperimentQuery query(Request request, Map<String, String> columns, int limit) {
    Instant from = Parameters.instant(request, "fromStartTime");
    if (from == null) {
      throw Issues.invalidType("fromStartTime", "string", "undefined");
    }
    String cursor = request.query("cursor");
    Filters filters = Filters.of(request);
    columns.keySet().forEach(name -> filters.anyOf(name, Parameters.list(request, name)));
    return new ExperimentQuery(
        request.project(),
        from,
        Parameters.instant(request, "toStartTime"),
        filters.list().stream().map(filter -> renamed(filter, columns)).toList(),
        cursor == null ? null : position(cursor),
        limit);
  }

  private static Filter renamed(Filter filter, Map<String, String> columns) {
    String column = columns.get(filter.column());
    if (column == null) {
      throw Issues.custom(
          "filter",
          "Invalid column '"
              + filter.column()
              + "'. Known: "
              + String.join(", ", columns.keySet()));
    }
    return new Filter(column, filter.key(), filter.operator(), filter.value());
  }

  private interface Element<T> {
    void write(Json json, T value) throws IOException;
  }

  private static <T> Response answer(
      List<T> found, int limit, Function<T, Position> position, Element<T> element) {
    List<T> page = found.subList(0, Math.min(limit, found.size()));
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                        "data",
                        array -> {
                          for (T value : page) {
                            array.element(fields -> element.write(fields, value));
                          }
                        })
                    .object(
                        "meta",
                        meta -> {
                          if (found.size() > limit) {
                            meta.field("cursor", cursor(position.apply(page.get(limit - 1))));
                          }
                        })));
  }

  private static void summary(Json json, ExperimentSummary summary, Set<String> groups)
      throws IOException {
    Experiment experiment = summary.experiment();
    json.field("id", summary.id())
        .field("name", Objects.requireNonNullElse(experiment.name(), summary.id()))
        .field("description", experiment.description())
        .field("startTime", summary.startTime())
        .field("endTime", summary.endTime())
        .field("itemCount", summary.items())
        .field("datasetId", experiment.datasetId());
    if (groups.contains("metadata")) {
      metadata(json, "metadata", experiment.metadata());
    }
  }

  private static void item(Json json, Observation observation, Set<String> groups)
      throws IOException {
    Experiment experiment = Objects.requireNonNull(observation.experiment());
    json.field("id", observation.id())
        .field("traceId", observation.traceId())
        .field("startTime", observation.timing().startTime())
        .field("endTime", observation.timing().endTime())
        .field("level", observation.level().name())
        .field("environment", observation.environment())
        .field("experimentId", experiment.id())
        .field("experimentName", Objects.requireNonNullElse(experiment.name(), experiment.id()))
        .field("experimentItemId", experiment.itemId());
    if (groups.contains("dataset")) {
      json.field("experimentDatasetId", experiment.datasetId())
          .field("experimentItemVersion", experiment.itemVersion());
    }
    if (groups.contains("io")) {
      json.parsed("input", observation.content().input())
          .parsed("output", observation.content().output())
          .parsed("expectedOutput", experiment.itemExpectedOutput());
    }
    if (groups.contains("metadata")) {
      json.metadata("metadata", observation.content().metadata());
    }
    if (groups.contains("itemMetadata")) {
      metadata(json, "experimentItemMetadata", experiment.itemMetadata());
    }
    if (groups.contains("experimentMetadata")) {
      metadata(json, "experimentMetadata", experiment.metadata());
      json.field("experimentDescription", experiment.description());
    }
  }

  private static void metadata(Json json, String name, Map<String, String> values)
      throws IOException {
    json.object(
        name,
        fields -> {
          for (Map.Entry<String, String> entry : values.entrySet()) {
            fields.parsed(entry.getKey(), entry.getValue());
          }
        });
  }

  private void scores(Json json, Request request, int limit, Filter filter) throws IOException {
    List<StoredScore> scores =
        traces.scores(ScoreQuery.of(request.project()).filters(List.of(filter)).page(limit, 0));
    json.array(
        "scores",
        array -> {
          for (StoredScore score : scores) {
            array.element(fields -> ScoreJson.v3(fields, request.project(), score, ALL_OF_A_SCORE));
          }
        });
  }

  private static String cursor(Position last) {
    byte[] json =
        Json.object(fields -> fields.field("startTime", last.startTime()).field("id", last.id()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json);
  }

  private static Position position(String cursor) {
    JsonNode node = decode(cursor);
    Instant time = Parameters.parseInstant(node.path("startTime").asText());
    if (time == null || !node.hasNonNull("id")) {
      throw Issues.custom("cursor", "Invalid cursor");
    }
    return new Position(time, node.path("id").asText());
  }

  private static JsonNode decode(String cursor) {
    try {
      return Json.tree(new ByteArrayInputStream(Base64.getUrlDecoder().decode(cursor)));
    } catch (IllegalArgumentException e) {
      return MissingNode.getInstance();
    }
  }
}
