package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.store.AnnotationStore;
import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.SessionQuery;
import io.langfuse4j.server.store.TraceStore;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/comments}. */
final class CommentsApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final int LONGEST = 5_000;

  private final TraceStore traces;
  private final AnnotationStore store;
  private final Clock clock;

  CommentsApi(TraceStore traces, Clock clock) {
    this.traces = traces;
    this.store = traces.annotations();
    this.clock = clock;
  }

  CompletionStage<Response> create(Request request) {
    Comment comment = comment(request);
    if (!exists(request.project(), comment.objectType(), comment.objectId())) {
      throw ApiException.notFound(
          "Reference object, " + comment.objectType() + ": " + comment.objectId() + " not found.");
    }
    return store
        .addComment(request.project(), comment)
        .thenApply(added -> Response.json(200, Map.of("id", added.id())));
  }

  private Comment comment(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String project = fields.requiredText("projectId");
      Comment.ObjectType type = fields.requiredOption("objectType", Comment.ObjectType.class);
      String objectId = fields.requiredText("objectId");
      fields.requiredText("content");
      String content = fields.text("content", LONGEST);
      String author = fields.text("authorUserId");
      fields.check();
      if (!project.equals(request.project())) {
        throw ApiException.of(
            403, "Access denied - projectId is not the project of the keys", "ForbiddenError");
      }
      Instant now = Instant.ofEpochMilli(clock.millis());
      return new Comment(
          UUID.randomUUID().toString(),
          type == null ? Comment.ObjectType.TRACE : type,
          objectId,
          content == null ? "" : content,
          author,
          now,
          now);
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  private boolean exists(String project, Comment.ObjectType type, String id) {
    return switch (type) {
      case TRACE -> traces.trace(project, id) != null;
      case OBSERVATION -> traces.observation(project, null, id) != null;
      case SESSION ->
          traces.countSessions(
                  new SessionQuery(project, List.of(Filter.equal("sessionId", id)), 1, 0))
              > 0;
      case PROMPT -> traces.prompts().hasId(project, id);
    };
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request);
    Comment.ObjectType type = Parameters.option(request, "objectType", Comment.ObjectType.class);
    String objectId = request.query("objectId");
    if (objectId != null && type == null) {
      throw Issues.custom("objectType", "objectType is required when objectId is provided");
    }
    String author = request.query("authorUserId");
    List<Comment> comments =
        store.comments(request.project(), type, objectId, author, page.limit(), page.offset());
    return Pages.of(
        page,
        store.countComments(request.project(), type, objectId, author),
        json -> {
          for (Comment comment : comments) {
            json.element(fields -> write(fields, request, comment));
          }
        });
  }

  Response get(Request request) {
    @Nullable Comment comment =
        store.comment(request.project(), request.pathParameter("commentId"));
    if (comment == null) {
      throw ApiException.notFound("Comment not found within authorized project");
    }
    return Response.json(200, Json.object(json -> write(json, request, comment)));
  }

  private static void write(Json json, Request request, Comment comment) throws IOException {
    json.field("id", comment.id())
        .field("projectId", request.project())
        .field("createdAt", comment.createdAt())
        .field("updatedAt", comment.updatedAt())
        .field("objectType", comment.objectType().name())
        .field("objectId", comment.objectId())
        .field("content", comment.content())
        .field("authorUserId", comment.authorUserId());
  }
}
