package io.langfuse4j.server.api;

import io.langfuse4j.server.api.ObservationV2Json.Group;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.ObservationQuery;
import io.langfuse4j.server.store.ObservationQuery.Position;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.TraceStore;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/v2/observations}: groups of fields, and a cursor instead of pages. */
final class ObservationsV2Api {
  private static final int MOST = 1_000;

  private final TraceStore store;

  ObservationsV2Api(TraceStore store) {
    this.store = store;
  }

  Response list(Request request) {
    if ("true".equals(request.query("parseIoAsJson"))) {
      throw ApiException.invalidRequest(
          "parseIoAsJson=true is not supported; input and output are returned as strings");
    }
    int limit = Parameters.integer(request, "limit", 50, 0, MOST);
    Set<Group> groups = groups(request);
    Filters filters =
        ObservationsApi.filters(request, Filters.withMatches(request))
            .equal("sessionId", request.query("sessionId"))
            .with("parentObservationId", withoutParent(request))
            .equal("isRootObservation", Parameters.flag(request, "isRootObservation"));
    List<StoredObservation> found =
        store.observations(
            ObservationQuery.of(request.project())
                .filters(filters.list(store.annotations(), request, Comment.ObjectType.OBSERVATION))
                .page(limit + 1, 0)
                .after(after(request))
                .content(groups.contains(Group.IO) || groups.contains(Group.METADATA)));
    boolean more = found.size() > limit;
    List<StoredObservation> page = more ? found.subList(0, limit) : found;
    ObservationV2Json writer =
        new ObservationV2Json(
            request.project(), store, groups, Parameters.list(request, "expandMetadata"));
    return Response.json(
        200,
        Json.object(
            json -> {
              json.array(
                  "data",
                  array -> {
                    for (StoredObservation observation : page) {
                      array.element(fields -> writer.write(fields, observation));
                    }
                  });
              json.object(
                  "meta",
                  meta -> {
                    if (more && !page.isEmpty()) {
                      meta.field("cursor", Cursors.encode(page.get(page.size() - 1).observation()));
                    }
                  });
            }));
  }

  /** An empty parent asks for observations that have none. */
  private static @Nullable Filter withoutParent(Request request) {
    String column = "parentObservationId";
    return request.queryAll(column).contains("") && request.query(column) == null
        ? new Filter(column, null, Filter.Operator.IS_NULL, "")
        : null;
  }

  private static @Nullable Position after(Request request) {
    String cursor = request.query("cursor");
    return cursor == null ? null : Cursors.decode(cursor);
  }

  private static Set<Group> groups(Request request) {
    List<String> names = Parameters.list(request, "fields");
    if (names.isEmpty()) {
      return EnumSet.of(Group.CORE, Group.BASIC);
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
}
