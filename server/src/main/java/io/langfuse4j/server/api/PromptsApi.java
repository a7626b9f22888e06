package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.model.Prompt.Reference;
import io.langfuse4j.server.store.PromptQuery;
import io.langfuse4j.server.store.PromptStore;
import io.langfuse4j.server.store.PromptSummary;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** {@code /api/public/v2/prompts}, and {@code /api/public/prompts} as older clients know it. */
final class PromptsApi {
  private static final int USUAL_LIMIT = 10;

  private final PromptStore store;

  PromptsApi(PromptStore store) {
    this.store = store;
  }

  CompletionStage<Response> create(Request request) {
    return add(request, false);
  }

  CompletionStage<Response> createV1(Request request) {
    return add(request, true);
  }

  private CompletionStage<Response> add(Request request, boolean older) {
    Prompt.Draft draft = PromptBody.parse(request, older);
    // Refuses what could not be resolved later. The version is one that cannot be there yet.
    new PromptGraph(store, request.project())
        .resolve(draft.id(), draft.name(), 0, Json.stored(draft.content()));
    return store
        .addPrompt(request.project(), draft)
        .thenApply(
            added ->
                Response.json(
                    201,
                    Json.object(
                        json -> {
                          fields(json, request, added, PromptGraph.content(added));
                          if (older) {
                            json.field("isActive", isActive(added));
                          } else {
                            json.nothing("isActive");
                          }
                        })));
  }

  Response get(Request request) {
    String name = request.pathParameter("promptName");
    Integer version = version(request);
    String label = request.query("label");
    if (version != null && label != null) {
      throw ApiException.invalidRequest("Cannot specify both version and label");
    }
    Boolean resolve = Parameters.flag(request, "resolve");
    Prompt prompt = find(request, name, version, label);
    if (prompt == null) {
      throw ApiException.notFound(
          "Prompt not found: '"
              + name
              + "' with "
              + (version == null
                  ? "label '" + (label == null ? Prompt.PRODUCTION : label) + "'"
                  : "version " + version));
    }
    return shown(request, prompt, !Boolean.FALSE.equals(resolve));
  }

  Response getV1(Request request) {
    String name = request.query("name");
    if (name == null) {
      throw Issues.invalidType("name", "string", "undefined");
    }
    Prompt prompt = find(request, name, version(request), null);
    if (prompt == null) {
      throw ApiException.notFound("Prompt not found");
    }
    return shown(request, prompt, true);
  }

  private Response shown(Request request, Prompt prompt, boolean resolve) {
    PromptGraph graph = new PromptGraph(store, request.project());
    JsonNode content = PromptGraph.content(prompt);
    JsonNode resolved =
        resolve ? graph.resolve(prompt.id(), prompt.name(), prompt.version(), content) : content;
    ObjectNode shown = graph.shown(prompt);
    return Response.json(
        200,
        Json.object(
            json -> {
              fields(json, request, prompt, resolved);
              json.raw("resolutionGraph", shown == null ? "null" : shown.toString())
                  .field("isActive", isActive(prompt));
            }));
  }

  private @Nullable Prompt find(
      Request request, String name, @Nullable Integer version, @Nullable String label) {
    Reference reference =
        version == null
            ? Reference.label(name, label == null ? Prompt.PRODUCTION : label)
            : Reference.version(name, version);
    return store.prompt(request.project(), reference);
  }

  Response list(Request request) {
    Parameters.Page page = Parameters.page(request, USUAL_LIMIT);
    PromptQuery query =
        new PromptQuery(
            request.project(),
            request.query("name"),
            version(request),
            request.query("label"),
            request.query("tag"),
            Parameters.instant(request, "fromUpdatedAt"),
            Parameters.instant(request, "toUpdatedAt"),
            page.limit(),
            page.offset());
    List<PromptSummary> prompts = store.prompts(query);
    long total = store.countPrompts(query);
    return Response.json(
        200,
        Json.object(
            json -> {
              json.array(
                  "data",
                  array -> {
                    for (PromptSummary prompt : prompts) {
                      array.element(fields -> summary(fields, prompt));
                    }
                  });
              Pages.meta(json, "meta", page, total);
              Pages.meta(json, "pagination", page, total);
            }));
  }

  CompletionStage<Response> label(Request request) {
    String text = request.pathParameter("version");
    int version;
    try {
      version = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw Issues.invalidType("promptVersion", "number", "NaN");
    }
    return store
        .labelPrompt(
            request.project(),
            request.pathParameter("promptName"),
            version,
            PromptBody.newLabels(request))
        .thenApply(
            prompt ->
                Response.json(
                    200,
                    Json.object(
                        json -> {
                          fields(json, request, prompt, PromptGraph.content(prompt));
                          json.nothing("isActive");
                        })));
  }

  CompletionStage<Response> delete(Request request) {
    Integer version = version(request);
    String label = request.query("label");
    if (version != null && label != null) {
      throw ApiException.invalidRequest("Cannot specify both version and label");
    }
    return store
        .deletePrompts(request.project(), request.pathParameter("promptName"), version, label)
        .thenApply(count -> Response.noContent());
  }

  private static @Nullable Integer version(Request request) {
    return request.query("version") == null
        ? null
        : Integer.valueOf(
            Parameters.integer(request, "version", 0, Integer.MIN_VALUE, Integer.MAX_VALUE));
  }

  private static boolean isActive(Prompt prompt) {
    return prompt.labels().contains(Prompt.PRODUCTION);
  }

  private static void fields(Json json, Request request, Prompt prompt, JsonNode content)
      throws IOException {
    json.field("id", prompt.id())
        .field("createdAt", prompt.createdAt())
        .field("updatedAt", prompt.updatedAt())
        .field("projectId", request.project())
        .field("createdBy", prompt.createdBy())
        .raw("prompt", content.toString())
        .field("name", prompt.name())
        .field("version", prompt.version())
        .field("type", prompt.type().name().toLowerCase(Locale.ROOT))
        .raw("config", prompt.config())
        .strings("tags", prompt.tags())
        .strings("labels", prompt.labels())
        .field("commitMessage", prompt.commitMessage());
  }

  private static void summary(Json json, PromptSummary prompt) throws IOException {
    json.field("name", prompt.name())
        .field("type", prompt.type().name().toLowerCase(Locale.ROOT))
        .integers("versions", prompt.versions())
        .strings("labels", prompt.labels())
        .strings("tags", prompt.tags())
        .field("lastUpdatedAt", prompt.lastUpdatedAt())
        .raw("lastConfig", prompt.lastConfig());
  }
}
