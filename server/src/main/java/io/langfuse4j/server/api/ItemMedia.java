package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaStore;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Files in items of datasets: says in which places of an item references stand, and where the files
 * can be fetched. Places are read from the item each time it is shown, so that they are right
 * whoever wrote it. Thread-safe.
 */
final class ItemMedia {
  private static final String PREFIX = "@@@langfuseMedia:";
  private static final Pattern REFERENCE =
      Pattern.compile(Pattern.quote(PREFIX) + "(?:[^|@]*\\|)*id=([\\w-]{22})(?:\\|[^|@]*)*@@@");

  private final MediaStore store;
  private final MediaLinks links;

  ItemMedia(MediaStore store, MediaLinks links) {
    this.store = store;
    this.links = links;
  }

  /** Notes which files an item refers to, so that they stay as long as it may be read. */
  CompletableFuture<Void> use(String project, DatasetItem.Draft draft) {
    return CompletableFuture.allOf(
        use(project, draft, "input", draft.input()),
        use(project, draft, "expectedOutput", draft.expectedOutput()),
        use(project, draft, "metadata", draft.metadata()));
  }

  private CompletableFuture<Void> use(
      String project, DatasetItem.Draft draft, String field, @Nullable String content) {
    if (content == null || !content.contains(PREFIX)) {
      return CompletableFuture.completedFuture(null);
    }
    List<CompletableFuture<Media>> noted = new ArrayList<>();
    Matcher reference = REFERENCE.matcher(content);
    while (reference.find()) {
      Media media = store.media(project, reference.group(1));
      if (media != null) {
        noted.add(store.announce(project, media, new Media.Use(field, null, null, draft.id())));
      }
    }
    return CompletableFuture.allOf(noted.toArray(CompletableFuture[]::new));
  }

  /** The fields of an item, files included. */
  void item(Json json, Request request, DatasetItem item) throws IOException {
    DatasetJson.item(json, item);
    json.array(
        "mediaReferences",
        references -> {
          references(references, request, "input", item.input());
          references(references, request, "expectedOutput", item.expectedOutput());
          references(references, request, "metadata", item.metadata());
        });
  }

  private void references(Json json, Request request, String field, @Nullable String content)
      throws IOException {
    if (content != null && content.contains(PREFIX)) {
      references(json, request, field, "$", Json.stored(content));
    }
  }

  private void references(Json json, Request request, String field, String path, JsonNode node)
      throws IOException {
    if (node.isTextual()) {
      Matcher reference = REFERENCE.matcher(node.textValue());
      if (reference.matches()) {
        json.element(
            fields -> {
              fields.field("field", field).field("referenceString", node.textValue());
              fields.field("jsonPath", path);
              media(fields, request, reference.group(1));
            });
      }
    } else if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        references(json, request, field, path + "[" + i + "]", node.get(i));
      }
    } else {
      for (Iterator<Map.Entry<String, JsonNode>> i = node.fields(); i.hasNext(); ) {
        Map.Entry<String, JsonNode> entry = i.next();
        references(json, request, field, path + "['" + entry.getKey() + "']", entry.getValue());
      }
    }
  }

  /** Null while the bytes are not here. */
  private void media(Json json, Request request, String id) throws IOException {
    Media media = store.media(request.project(), id);
    if (media == null || media.uploadedAt() == null) {
      json.nothing("media");
      return;
    }
    Instant expiry = links.expiry();
    json.object(
        "media",
        fields ->
            fields
                .field("mediaId", id)
                .field("contentType", media.contentType())
                .field("contentLength", media.contentLength())
                .field("url", links.link(request, "GET", id, expiry))
                .field("urlExpiry", expiry));
  }
}
