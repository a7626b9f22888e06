package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.AnnotationQueue.Item;
import io.langfuse4j.server.model.AnnotationQueue.ObjectType;
import io.langfuse4j.server.model.AnnotationQueue.Status;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.ScoreStore;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/annotation-queues} and their items. */
final class AnnotationQueuesApi {
  private static final long BODY_LIMIT = 1L << 20;

  private final ScoreStore scores;
  private final AnnotationStore store;
  private final Clock clock;

  AnnotationQueuesApi(TraceStore traces, Clock clock) {
    this.scores = traces;
    this.store = traces.annotations();
    this.clock = clock;
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    List<AnnotationQueue> queues = store.queues(request.project(), page.limit(), page.offset());
    return Pages.of(
        page,
        store.countQueues(request.project()),
        json -> {
          for (AnnotationQueue queue : queues) {
            json.element(fields -> write(fields, queue));
          }
        });
  }

  CompletionStage<Response> create(Request request) {
    AnnotationQueue queue = parse(request);
    for (String config : queue.scoreConfigIds()) {
      if (scores.scoreConfig(request.project(), config) == null) {
        throw ApiException.invalidRequest(
            "At least one of the score config IDs cannot be found for the given project: "
                + config);
      }
    }
    return store
        .addQueue(request.project(), queue)
        .thenApply(added -> Response.json(200, Json.object(json -> write(json, added))));
  }

  private AnnotationQueue parse(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String name = fields.requiredText("name");
      String description = fields.text("description");
      JsonNode configs = fields.get("scoreConfigIds");
      if (!configs.isArray()) {
        fields.invalidType(List.of("scoreConfigIds"), "array", configs);
      } else if (configs.isEmpty()) {
        fields.issue(
            "too_small", List.of("scoreConfigIds"), "Too small: expected array to have >=1 items");
      }
      fields.check();
      List<String> ids = new ArrayList<>();
      configs.forEach(id -> ids.add(id.asText()));
      Instant now = now();
      return new AnnotationQueue(UUID.randomUUID().toString(), name, description, ids, now, now);
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  Response get(Request request) {
    AnnotationQueue queue = find(request);
    return Response.json(200, Json.object(json -> write(json, queue)));
  }

  private AnnotationQueue find(Request request) {
    AnnotationQueue queue = store.queue(request.project(), request.pathParameter("queueId"));
    if (queue == null) {
      throw ApiException.notFound("Annotation queue not found");
    }
    return queue;
  }

  Response items(Request request) {
    Parameters.Page page = Parameters.page(request);
    Status status = Parameters.option(request, "status", Status.class);
    String queue = find(request).id();
    List<Item> items = store.items(request.project(), queue, status, page.limit(), page.offset());
    return Pages.of(
        page,
        store.countItems(request.project(), queue, status),
        json -> {
          for (Item item : items) {
            json.element(fields -> write(fields, item));
          }
        });
  }

  CompletionStage<Response> createItem(Request request) {
    String queue = find(request).id();
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String objectId = fields.requiredText("objectId");
      ObjectType type = fields.requiredOption("objectType", ObjectType.class);
      Status status = fields.option("status", Status.class);
      fields.check();
      Instant now = now();
      return put(
          request,
          new Item(
              UUID.randomUUID().toString(),
              queue,
              objectId,
              type == null ? ObjectType.TRACE : type,
              status == null ? Status.PENDING : status,
              status == Status.COMPLETED ? now : null,
              now,
              now));
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  private CompletionStage<Response> put(Request request, Item item) {
    return store.putItem(request.project(), item).thenApply(AnnotationQueuesApi::shown);
  }

  Response item(Request request) {
    return shown(findItem(request));
  }

  private Item findItem(Request request) {
    Item item = store.item(request.project(), find(request).id(), request.pathParameter("itemId"));
    if (item == null) {
      throw ApiException.notFound("Annotation queue item not found");
    }
    return item;
  }

  CompletionStage<Response> updateItem(Request request) {
    Item before = findItem(request);
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      Status given = fields.option("status", Status.class);
      fields.check();
      Instant now = now();
      Status status = given == null ? before.status() : given;
      return put(
          request,
          new Item(
              before.id(),
              before.queueId(),
              before.objectId(),
              before.objectType(),
              status,
              completedAt(before, status, now),
              before.createdAt(),
              now));
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  private static @Nullable Instant completedAt(Item before, Status status, Instant now) {
    if (status == Status.PENDING) {
      return null;
    }
    return before.completedAt() == null ? now : before.completedAt();
  }

  CompletionStage<Response> deleteItem(Request request) {
    return store
        .deleteItem(request.project(), find(request).id(), request.pathParameter("itemId"))
        .thenApply(
            deleted -> {
              if (!deleted) {
                throw ApiException.notFound("Annotation queue item not found");
              }
              return Response.json(
                  200,
                  Json.object(
                      json ->
                          json.field("success", true)
                              .field("message", "Annotation queue item deleted successfully")));
            });
  }

  private static Response shown(Item item) {
    return Response.json(200, Json.object(json -> write(json, item)));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  private static void write(Json json, AnnotationQueue queue) throws IOException {
    json.field("id", queue.id())
        .field("name", queue.name())
        .field("description", queue.description())
        .strings("scoreConfigIds", queue.scoreConfigIds())
        .field("createdAt", queue.createdAt())
        .field("updatedAt", queue.updatedAt());
  }

  private static void write(Json json, Item item) throws IOException {
    json.field("id", item.id())
        .field("queueId", item.queueId())
        .field("objectId", item.objectId())
        .field("objectType", item.objectType().name())
        .field("status", item.status().name())
        .field("completedAt", item.completedAt())
        .field("createdAt", item.createdAt())
        .field("updatedAt", item.updatedAt());
  }
}
