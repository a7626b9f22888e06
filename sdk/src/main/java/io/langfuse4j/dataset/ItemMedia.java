package io.langfuse4j.dataset;

import io.langfuse4j.api.ApiObject;
import io.langfuse4j.api.DatasetItemDetails;
import io.langfuse4j.internal.json.PlainJson;
import io.langfuse4j.internal.media.MediaUpload;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Files in the items of datasets, on their way to the server and back. */
final class ItemMedia {

  private static final Logger logger = Logger.getLogger(ItemMedia.class.getName());
  private static final List<String> FIELDS = List.of("input", "expectedOutput", "metadata");

  private ItemMedia() {}

  /**
   * What to upload before the item is created: each file once, for the first field that it is in.
   *
   * @param datasetId asked only if there are files
   * @throws IllegalArgumentException if a field has no JSON form, or a file no content
   */
  static List<MediaUpload> uploads(
      Map<String, ? extends @Nullable Object> item, Supplier<String> datasetId) {
    Map<LangfuseMedia, String> fields = new LinkedHashMap<>();
    for (String field : FIELDS) {
      PlainJson.mediaIn(item.get(field)).forEach(media -> fields.putIfAbsent(media, field));
    }
    if (fields.isEmpty()) {
      return List.of();
    }
    String dataset = datasetId.get();
    String id = String.valueOf(item.get("id"));
    return fields.entrySet().stream()
        .map(file -> MediaUpload.ofDatasetItem(file.getKey(), file.getValue(), dataset, id))
        .toList();
  }

  /** A field of a stored item, with references in the places that the server names. */
  static @Nullable Object hydrated(DatasetItemDetails stored, String field) {
    Object value = stored.get(field);
    for (ApiObject reference : stored.objects("mediaReferences")) {
      if (field.equals(reference.text("field")) && reference.get("media") != null) {
        value = hydrated(stored, value, reference);
      }
    }
    return value;
  }

  private static @Nullable Object hydrated(
      DatasetItemDetails stored, @Nullable Object value, ApiObject reference) {
    try {
      return JsonPath.parse(String.valueOf(reference.text("jsonPath")))
          .set(
              value,
              LangfuseMediaReference.parse(String.valueOf(reference.text("referenceString"))));
    } catch (IllegalArgumentException e) {
      logger.warning(
          "Langfuse: a file of the dataset item "
              + stored.id()
              + " stays a text: "
              + e.getMessage());
      return value;
    }
  }
}
