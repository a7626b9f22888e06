package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;
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

  public long bytes() {
    return media.contentLength();
  }
}
