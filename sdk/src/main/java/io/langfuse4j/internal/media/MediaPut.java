package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * The request that stores a file, as the storages behind Langfuse want it: S3 a checksum, Azure a
 * kind, Google neither. Without the keys of the project.
 */
final class MediaPut {

  /** A slow line takes this many bytes in a second; slower is a failure. */
  private static final int SLOWEST_BYTES_PER_SECOND = 256 * 1024;

  private MediaPut() {}

  static HttpRequest request(LangfuseMedia media, URI target, Duration timeout) {
    byte[] content = Objects.requireNonNull(media.content());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(timeout.plusSeconds(content.length / SLOWEST_BYTES_PER_SECOND))
            .header("Content-Type", media.contentType());
    String host = target.getHost() == null ? "" : target.getHost().toLowerCase(Locale.ROOT);
    if (!host.equals("storage.googleapis.com") && !host.endsWith(".storage.googleapis.com")) {
      request
          .header("x-amz-checksum-sha256", Objects.requireNonNull(media.sha256()))
          .header("x-ms-blob-type", "BlockBlob");
    }
    return request.PUT(BodyPublishers.ofByteArray(content)).build();
  }
}
