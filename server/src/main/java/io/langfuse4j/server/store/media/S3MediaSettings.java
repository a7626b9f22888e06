package io.langfuse4j.server.store.media;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A bucket for the bytes of files, and who speaks to it.
 *
 * @param endpoint of storage other than Amazon's; null for Amazon's own
 * @param region {@code us-east-1} where the storage knows none
 * @param prefix what every key begins with; may be empty
 * @param pathStyle whether the bucket stands in the path rather than before the host's name
 * @param keys null to look where Amazon's clients look: variables, files, the machine's own role
 */
public record S3MediaSettings(
    String bucket,
    @Nullable URI endpoint,
    String region,
    String prefix,
    boolean pathStyle,
    @Nullable Keys keys) {
  private static final String LANGFUSE = "LANGFUSE_S3_MEDIA_UPLOAD_";

  /** What requests are signed with. The secret stays out of messages. */
  public record Keys(String id, String secret) {
    @Override
    public String toString() {
      return id;
    }
  }

  /** What the command line says; null where it says nothing. */
  public record Options(
      @Nullable String bucket,
      @Nullable String endpoint,
      @Nullable String region,
      @Nullable String prefix,
      @Nullable Boolean pathStyle) {}

  /**
   * What options leave open is read from Langfuse's {@code LANGFUSE_S3_MEDIA_UPLOAD_*}, and the
   * keys from there only.
   *
   * @return null if no bucket is named
   * @throws IllegalArgumentException in a sentence, if something does not fit
   */
  public static @Nullable S3MediaSettings of(Options options, Map<String, String> variables) {
    Variables named = new Variables(variables);
    String bucket = named.or(options.bucket(), "BUCKET");
    if (bucket == null) {
      if (options.endpoint() != null || options.region() != null || options.prefix() != null) {
        throw new IllegalArgumentException(
            "--media-s3-endpoint, --media-s3-region and --media-s3-prefix need --media-s3-bucket.");
      }
      return null;
    }
    String endpoint = named.or(options.endpoint(), "ENDPOINT");
    String region = named.or(options.region(), "REGION");
    String prefix = named.or(options.prefix(), "PREFIX");
    Boolean pathStyle = options.pathStyle();
    return new S3MediaSettings(
        bucket,
        endpoint == null ? null : address(endpoint),
        region == null ? "us-east-1" : region,
        prefix == null ? "" : prefix,
        pathStyle == null ? Boolean.parseBoolean(named.or(null, "FORCE_PATH_STYLE")) : pathStyle,
        named.keys());
  }

  private static URI address(String endpoint) {
    IllegalArgumentException refused =
        new IllegalArgumentException(
            "--media-s3-endpoint must be an address such as http://minio:9000, without a password.");
    URI uri;
    try {
      uri = URI.create(endpoint);
    } catch (IllegalArgumentException e) {
      refused.initCause(e);
      throw refused;
    }
    boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!http || uri.getHost() == null || uri.getUserInfo() != null) {
      throw refused;
    }
    return uri;
  }

  /** Where they are kept, for messages. */
  public String place() {
    return "s3://" + bucket + "/" + prefix + (endpoint == null ? "" : " at " + endpoint);
  }

  private record Variables(Map<String, String> values) {
    @Nullable String or(@Nullable String option, String name) {
      String value = option == null || option.isBlank() ? values.get(LANGFUSE + name) : option;
      return value == null || value.isBlank() ? null : value.strip();
    }

    @Nullable Keys keys() {
      String id = or(null, "ACCESS_KEY_ID");
      String secret = or(null, "SECRET_ACCESS_KEY");
      if (id == null && secret == null) {
        return null;
      }
      if (id == null || secret == null) {
        throw new IllegalArgumentException(
            "LANGFUSE_S3_MEDIA_UPLOAD_ACCESS_KEY_ID and LANGFUSE_S3_MEDIA_UPLOAD_SECRET_ACCESS_KEY"
                + " are needed both, or neither.");
      }
      return new Keys(id, secret);
    }
  }
}
