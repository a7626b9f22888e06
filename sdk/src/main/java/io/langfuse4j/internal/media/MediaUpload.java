package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to the server, and what it belongs to there: an observation, or an item of a
 * dataset.
 *
 * @param field {@code input}, {@code output}, {@code metadata} or {@code expectedOutput}
 */
public record MediaUpload(
    LangfuseMedia media,
    String field,
    @Nullable String traceId,
    @Nullable String observationId,
    @Nullable String datasetId,
    @Nullable String datasetItemId) {

  public static MediaUpload ofObservation(
      LangfuseMedia media, String field, String traceId, String observationId) {
    return new MediaUpload(media, field, traceId, observationId, null, null);
  }

  public static MediaUpload ofDatasetItem(
      LangfuseMedia media, String field, String datasetId, String datasetItemId) {
    return new MediaUpload(media, field, null, null, datasetId, datasetItemId);
  }

  /** What the server is told before the bytes are sent. */
  Map<String, Object> announcement() {
    Map<String, Object> body = new LinkedHashMap<>();
    putIfPresent(body, "traceId", traceId);
    putIfPresent(body, "observationId", observationId);
    putIfPresent(body, "datasetId", datasetId);
    putIfPresent(body, "datasetItemId", datasetItemId);
    body.put("contentType", media.contentType());
    body.put("contentLength", media.contentLength());
    putIfPresent(body, "sha256Hash", media.sha256());
    body.put("field", field);
    return body;
  }

  private static void putIfPresent(Map<String, Object> body, String key, @Nullable String value) {
    if (value != null) {
      body.put(key, value);
    }
  }

  public long bytes() {
    return media.contentLength();
  }
}
