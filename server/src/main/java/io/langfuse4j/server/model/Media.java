package io.langfuse4j.server.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A file that observations refer to.
 *
 * @param id the first characters of its hash
 * @param sha256 of its bytes, in hexadecimal
 * @param uploadedAt null until the bytes are here
 */
public record Media(
    String id,
    String sha256,
    String contentType,
    long contentLength,
    @Nullable Instant uploadedAt) {

  /** Where a file is referred to: in a trace, an observation of it, or a dataset's item. */
  public record Use(
      String field,
      @Nullable String traceId,
      @Nullable String observationId,
      @Nullable String datasetItemId) {}
}
