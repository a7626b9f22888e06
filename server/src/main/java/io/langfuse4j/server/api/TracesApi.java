package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.api.ObservationJson.Place;
import io.langfuse4j.server.api.TraceJson.Group;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.Order;
import io.langfuse4j.server.store.ScoreQuery;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.StoredTrace;
import io.langfuse4j.server.store.TraceQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** {@code /api/public/traces}. */
final class TracesApi {
  private static final int MOST_OBSERVATIONS = 20_000;
  private static final int MOST_SCORES = 10_000;
  private static final int MOST_DELETED = 1_000;

  private final TraceStore store;
  private final IngestStatistics statistics;

  TracesApi(TraceStore store, IngestStatistics statistics) {
    this.store = store;
    this.statistics = statistics;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    Set<Group> groups = groups(request);
    List<Filter> filters =
        Filters.of(request)
            .equal("userId", request.query("userId"))
            .equal("name", request.query("name"))
            .equal("sessionId", request.query("sessionId"))
            .equal("version", request.query("version"))
            .equal("release", request.query("release"))
            .anyOf("environment", Parameters.repeated(request, "environment"))
            .allOf("tags", Parameters.repeated(request, "tags"))
            .between(
                "timestamp",
                Parameters.instant(request, "fromTimestamp"),
                Parameters.instant(request, "toTimestamp"))
            .list(store.annotations(), request, Comment.ObjectType.TRACE);
    TraceQuery query =
        TraceQuery.of(request.project())
            .filters(filters)
            .order(Parameters.order(request, Order.NEWEST_TRACE))
            .page(page.limit(), page.offset())
            .content(groups.contains(Group.IO));
    List<StoredTrace> traces = store.traces(query);
    Map<String, List<String>> observations =
        groups.contains(Group.OBSERVATIONS) ? observationIds(request, traces) : Map.of();
    Map<String, List<String>> scores =
        groups.contains(Group.SCORES) ? store.scoreIds(request.project(), ids(traces)) : Map.of();
    return Pages.of(
        page,
        store.countTraces(query),
        json -> {
          for (StoredTrace trace : traces) {
            json.element(
                fields -> listed(fields, request.project(), trace, groups, observations, scores));
          }
        });
  }

  Response get(Request request) {
    String id = request.pathParameter("traceId");
    StoredTrace trace = store.trace(request.project(), id);
    if (trace == null) {
      throw ApiException.notFound("Trace " + id + " not found within authorized project");
    }
    Set<Group> groups = groups(request);
    List<StoredObservation> observations =
        groups.contains(Group.OBSERVATIONS)
            ? observations(request.project(), id, groups)
            : List.of();
    List<StoredScore> scores =
        groups.contains(Group.SCORES) ? scores(request.project(), id) : List.of();
    return Response.json(
        200,
        Json.object(json -> single(json, request.project(), trace, groups, observations, scores)));
  }

  CompletionStage<Response> delete(Request request) {
    return delete(request, List.of(request.pathParameter("traceId")), "Trace deleted successfully");
  }

  CompletionStage<Response> deleteMany(Request request) {
    return delete(request, traceIds(request), "Traces deleted successfully");
  }

  private CompletionStage<Response> delete(Request request, List<String> ids, String message) {
    return store
        .deleteTraces(request.project(), ids)
        .thenApply(
            count -> {
              statistics.deleted(count);
              return Response.json(200, Map.of("message", message));
            });
  }

  private static void listed(
      Json json,
      String project,
      StoredTrace trace,
      Set<Group> groups,
      Map<String, List<String>> observations,
      Map<String, List<String>> scores)
      throws IOException {
    TraceJson.core(json, project, trace, groups.contains(Group.IO));
    json.strings("scores", scores.getOrDefault(trace.summary().id(), List.of()))
        .strings("observations", observations.getOrDefault(trace.summary().id(), List.of()));
    TraceJson.metrics(json, project, trace.summary(), groups, trace.summary().totals().latency());
  }

  private void single(
      Json json,
      String project,
      StoredTrace trace,
      Set<Group> groups,
      List<StoredObservation> observations,
      List<StoredScore> scores)
      throws IOException {
    PricedModels models = new PricedModels(store, project);
    TraceJson.core(json, project, trace, groups.contains(Group.IO));
    json.array(
            "scores",
            array -> {
              for (StoredScore score : scores) {
                array.element(fields -> ScoreJson.v1(fields, project, score));
              }
            })
        .array(
            "observations",
            array -> {
              for (StoredObservation observation : observations) {
                array.element(
                    fields ->
                        ObservationJson.write(fields, project, observation, models, Place.TRACE));
              }
            });
    TraceJson.metrics(
        json, project, trace.summary(), groups, TraceJson.singleLatency(trace.summary().totals()));
  }

  private List<StoredObservation> observations(String project, String id, Set<Group> groups) {
    return store.observations(
        ObservationQuery.of(project)
            .filters(List.of(Filter.equal("traceId", id)))
            .order(new Order("startTime", false))
            .page(MOST_OBSERVATIONS, 0)
            .content(groups.contains(Group.IO)));
  }

  private Map<String, List<String>> observationIds(Request request, List<StoredTrace> traces) {
    return store.observationIds(request.project(), ids(traces));
  }

  private static List<String> ids(List<StoredTrace> traces) {
    return traces.stream().map(trace -> trace.summary().id()).toList();
  }

  private List<StoredScore> scores(String project, String traceId) {
    return store.scores(
        ScoreQuery.of(project)
            .filters(List.of(Filter.equal("traceId", traceId)))
            .page(MOST_SCORES, 0));
  }

  private static Set<Group> groups(Request request) {
    List<String> names = Parameters.list(request, "fields");
    if (names.isEmpty()) {
      return EnumSet.allOf(Group.class);
    }
    Set<Group> groups = EnumSet.of(Group.CORE);
    for (String name : names) {
      // As Langfuse: who asks for what only a newer server has gets the rest.
      EnumSet.allOf(Group.class).stream()
          .filter(group -> group.name().equalsIgnoreCase(name))
          .forEach(groups::add);
    }
    return groups;
  }

  private static List<String> traceIds(Request request) {
    JsonNode ids = Json.tree(request.body().open()).path("traceIds");
    if (!ids.isArray()) {
      throw Issues.invalidType("traceIds", "array", "undefined");
    }
    if (ids.isEmpty() || ids.size() > MOST_DELETED) {
      throw Issues.custom("traceIds", "Expected 1 to " + MOST_DELETED + " trace ids");
    }
    List<String> texts = new ArrayList<>();
    ids.forEach(id -> texts.add(id.asText()));
    return texts;
  }
}
