package io.langfuse4j.server;

import io.langfuse4j.server.store.media.S3MediaSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say where files are kept and how large they may be. */
final class MediaOptions {
  private static final long MOST = 1_000_000_000;
  private static final String LANGFUSE_LIMIT = "LANGFUSE_S3_MEDIA_MAX_CONTENT_LENGTH";

  @Option(
      names = "--media-max-megabytes",
      paramLabel = "MB",
      description =
          "Refuse larger files (LANGFUSE4J_MEDIA_MAX_MEGABYTES, default and most: "
              + "953, a thousand million bytes).")
  private @Nullable Integer maxMegabytes;

  @Option(
      names = "--media-s3-bucket",
      paramLabel = "NAME",
      description =
          "Keep files in this bucket of S3-compatible storage rather than in the "
              + "folder (LANGFUSE4J_MEDIA_S3_BUCKET). This and the following are also "
              + "read from Langfuse's LANGFUSE_S3_MEDIA_UPLOAD_BUCKET, _ENDPOINT, "
              + "_REGION, _PREFIX and _FORCE_PATH_STYLE; keys from _ACCESS_KEY_ID and "
              + "_SECRET_ACCESS_KEY, else where Amazon's clients look for them.")
  private @Nullable String bucket;

  @Option(
      names = "--media-s3-endpoint",
      paramLabel = "URL",
      description = "Such as http://minio:9000 (LANGFUSE4J_MEDIA_S3_ENDPOINT, default: Amazon's).")
  private @Nullable String endpoint;

  @Option(
      names = "--media-s3-region",
      paramLabel = "NAME",
      description = "Region of the bucket (LANGFUSE4J_MEDIA_S3_REGION, default us-east-1).")
  private @Nullable String region;

  @Option(
      names = "--media-s3-prefix",
      paramLabel = "TEXT",
      description = "What each key begins with (LANGFUSE4J_MEDIA_S3_PREFIX, such as media/).")
  private @Nullable String prefix;

  @Option(
      names = "--media-s3-path-style",
      arity = "0..1",
      paramLabel = "BOOLEAN",
      fallbackValue = "true",
      description =
          "The bucket stands in the path, as MinIO wants it " + "(LANGFUSE4J_MEDIA_S3_PATH_STYLE).")
  private @Nullable Boolean pathStyle;

  /** Null for the data folder. */
  @Nullable S3MediaSettings s3(Map<String, String> environment) {
    try {
      return S3MediaSettings.of(
          new S3MediaSettings.Options(bucket, endpoint, region, prefix, pathStyle), environment);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** In bytes. */
  long limit(Map<String, String> environment) {
    if (maxMegabytes != null) {
      return positive("--media-max-megabytes", (long) maxMegabytes << 20);
    }
    String bytes = environment.getOrDefault(LANGFUSE_LIMIT, "").strip();
    try {
      return bytes.isEmpty() ? MOST : positive(LANGFUSE_LIMIT, Long.parseLong(bytes));
    } catch (NumberFormatException e) {
      throw new StartException(LANGFUSE_LIMIT + " must be a number of bytes, not " + bytes, e);
    }
  }

  private static long positive(String name, long bytes) {
    if (bytes <= 0) {
      throw new StartException(name + " must be more than 0.");
    }
    return Math.min(MOST, bytes);
  }
}
