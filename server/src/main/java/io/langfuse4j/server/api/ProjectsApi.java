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
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/public/projects}: what the SDKs ask to check their keys and to build trace URLs, and
 * how more projects and keys are made.
 */
final class ProjectsApi {
  private static final long BODY_LIMIT = 1L << 20;
  private static final int DISPLAYED = 4;
  private static final String PUBLIC = "pk-lf-";
  private static final String SECRET = "sk-lf-";

  private final ProjectStore store;
  private final ProjectKeys keys;
  private final Clock clock;
  private final SecureRandom random = new SecureRandom();

  /** When the settings made the project that they name. */
  private final Instant start;

  ProjectsApi(ProjectStore store, ProjectKeys keys, Clock clock) {
    this.store = store;
    this.keys = keys;
    this.clock = clock;
    this.start = now();
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
                                    .raw("metadata", project.metadata())
                                    .field("createdAt", project.createdAt())
                                    .field("updatedAt", project.updatedAt()));
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

  private StoredProject read(Request request, String id) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    try {
      String name = fields.requiredText("name");
      fields.check();
      Instant now = now();
      return new StoredProject(id, name, fields.metadata(), now, now);
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
    NewKey drawn = newKey(request);
    String secret = drawn.secretKey();
    ApiKey key =
        new ApiKey(
            UUID.randomUUID().toString(),
            id,
            drawn.publicKey(),
            ProjectKeys.hash(secret),
            SECRET + "..." + secret.substring(secret.length() - DISPLAYED),
            drawn.note(),
            now());
    checkUnused(key);
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

  private record NewKey(String publicKey, String secretKey, @Nullable String note) {}

  /** The key pair that the caller names, or one drawn at random. */
  private NewKey newKey(Request request) {
    BodyFields fields = new BodyFields(BodyFields.read(request, BODY_LIMIT));
    String publicKey = fields.text("publicKey");
    String secretKey = fields.text("secretKey");
    String note = fields.text("note");
    try {
      checkNamed(fields, "publicKey", publicKey, PUBLIC, secretKey);
      checkNamed(fields, "secretKey", secretKey, SECRET, publicKey);
      fields.check();
    } catch (InvalidBodyException e) {
      throw e.answer();
    }
    return new NewKey(
        publicKey == null ? PUBLIC + uuid() : publicKey,
        secretKey == null ? SECRET + uuid() : secretKey,
        note);
  }

  private static void checkNamed(
      BodyFields fields, String name, @Nullable String key, String start, @Nullable String other) {
    if (key == null && other != null) {
      fields.issue("custom", List.of(name), "publicKey and secretKey must be given together");
    }
    if (key != null && (!key.startsWith(start) || key.length() < start.length() + DISPLAYED)) {
      fields.issue(
          "custom",
          List.of(name),
          "Must start with '" + start + "' and have " + DISPLAYED + " more characters");
    }
  }

  private void checkUnused(ApiKey key) {
    Project first = keys.first();
    boolean used =
        first.publicKey().equals(key.publicKey())
            || ProjectKeys.hash(first.secretKey()).equals(key.secretHash())
            || store.apiKeys().stream()
                .anyMatch(
                    known ->
                        known.publicKey().equals(key.publicKey())
                            || known.secretHash().equals(key.secretHash()));
    if (used) {
      throw ApiException.of(409, "The key is in use already", "LangfuseConflictError");
    }
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
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
    return new StoredProject(keys.first().id(), keys.first().name(), "{}", start, start);
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
