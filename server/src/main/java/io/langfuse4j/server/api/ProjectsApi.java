package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.store.ProjectStore;
import io.langfuse4j.server.store.ProjectStore.StoredProject;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/**
 * {@code /api/public/projects}: what the SDKs ask to check their keys and to build trace URLs, and
 * how more projects and keys are made.
 */
final class ProjectsApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final int DISPLAYED = 4;

  private final ProjectStore store;
  private final ProjectKeys keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  ProjectsApi(ProjectStore store, ProjectKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
  }

  /** The one project of the caller's keys. */
  Response current(Request request) {
    StoredProject project = find(request.project());
    return listed(List.of(project));
  }

  /** All of them. */
  Response all(Request request) {
    List<StoredProject> projects = new ArrayList<>();
    projects.add(first());
    projects.addAll(store.projects());
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                    "projects",
                    array -> {
                      for (StoredProject project : projects) {
                        array.element(
                            fields ->
                                fields
                                    .field("id", project.id())
                                    .field("name", project.name())
                                    .raw("metadata", project.metadata()));
                      }
                    })));
  }

  CompletionStage<Response> create(Request request) {
    StoredProject draft = read(request, UUID.randomUUID().toString());
    return store.putProject(draft).thenApply(project -> shown(201, project));
  }

  CompletionStage<Response> update(Request request) {
    String id = request.pathParameter("projectId");
    managed(id);
    return store.putProject(read(request, id)).thenApply(project -> shown(200, project));
  }

  private static StoredProject read(Request request, String id) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String name = fields.requiredText("name");
      fields.check();
      return new StoredProject(id, name, fields.metadata());
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
  }

  CompletionStage<Response> delete(Request request) {
    String id = request.pathParameter("projectId");
    managed(id);
    return store
        .removeProject(id)
        .thenApply(
            removed -> {
              keys.refresh();
              return Response.json(
                  202,
                  Json.object(
                      json ->
                          json.field("success", true)
                              .field("message", "Project deletion has been initiated")));
            });
  }

  Response apiKeys(Request request) {
    String id = find(request.pathParameter("projectId")).id();
    List<ApiKey> listed = keysOf(id);
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                    "apiKeys",
                    array -> {
                      for (ApiKey key : listed) {
                        array.element(fields -> key(fields, key));
                      }
                    })));
  }

  CompletionStage<Response> createApiKey(Request request) {
    String id = find(request.pathParameter("projectId")).id();
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    String note;
    try {
      note = fields.text("note");
      fields.check();
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
    String secret = "sk-lf-" + uuid();
    ApiKey key =
        new ApiKey(
            UUID.randomUUID().toString(),
            id,
            "pk-lf-" + uuid(),
            ProjectKeys.hash(secret),
            "sk-lf-..." + secret.substring(secret.length() - DISPLAYED),
            note,
            Instant.ofEpochMilli(clock.millis()));
    return store
        .addApiKey(key)
        .thenApply(
            added -> {
              keys.refresh();
              return Response.json(
                  201,
                  Json.object(
                      json -> {
                        key(json, added);
                        json.field("secretKey", secret);
                      }));
            });
  }

  private String uuid() {
    return new UUID(random.nextLong(), random.nextLong()).toString();
  }

  CompletionStage<Response> deleteApiKey(Request request) {
    String project = find(request.pathParameter("projectId")).id();
    String id = request.pathParameter("apiKeyId");
    return store
        .deleteApiKey(project, id)
        .thenApply(
            deleted -> {
              if (!deleted) {
                throw ApiException.notFound("API key not found");
              }
              keys.refresh();
              return Response.json(200, Map.of("success", true));
            });
  }

  private List<ApiKey> keysOf(String project) {
    return store.apiKeys().stream().filter(key -> key.projectId().equals(project)).toList();
  }

  private StoredProject find(String id) {
    StoredProject project = id.equals(first().id()) ? first() : store.project(id);
    if (project == null) {
      throw ApiException.notFound("Project not found");
    }
    return project;
  }

  private void managed(String id) {
    if (id.equals(first().id())) {
      throw ApiException.invalidRequest(
          "This project is made by the server's settings; change LANGFUSE_INIT_PROJECT_NAME");
    }
    find(id);
  }

  private StoredProject first() {
    return new StoredProject(keys.first().id(), keys.first().name(), "{}");
  }

  private static Response listed(List<StoredProject> projects) {
    return Response.json(
        200,
        Json.object(
            json ->
                json.array(
                    "data",
                    array -> {
                      for (StoredProject project : projects) {
                        array.element(fields -> write(fields, project));
                      }
                    })));
  }

  private static Response shown(int status, StoredProject project) {
    return Response.json(status, Json.object(json -> write(json, project)));
  }

  private static void write(Json json, StoredProject project) throws IOException {
    json.field("id", project.id())
        .field("name", project.name())
        .object(
            "organization",
            organization ->
                organization.field("id", Project.ORGANIZATION).field("name", Project.ORGANIZATION))
        .raw("metadata", project.metadata());
  }

  private static void key(Json json, ApiKey key) throws IOException {
    json.field("id", key.id())
        .field("createdAt", key.createdAt())
        .field("publicKey", key.publicKey())
        .field("displaySecretKey", key.displaySecretKey())
        .field("note", key.note());
  }
}
