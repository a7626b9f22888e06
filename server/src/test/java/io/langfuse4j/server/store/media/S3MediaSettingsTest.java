package io.langfuse4j.server.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;

class S3MediaSettingsTest {
  private static final S3MediaSettings.Options NOTHING =
      new S3MediaSettings.Options(null, null, null, null, null);

  private static S3MediaSettings.Options named(String bucket, String endpoint) {
    return new S3MediaSettings.Options(bucket, endpoint, null, null, null);
  }

  @Test
  void nothing_isNoBucket() {
    assertThat(S3MediaSettings.of(NOTHING, Map.of())).isNull();
    assertThat(S3MediaSettings.of(NOTHING, Map.of("LANGFUSE_S3_MEDIA_UPLOAD_BUCKET", " ")))
        .isNull();
  }

  @Test
  void bucketAlone_isAmazons() {
    assertThat(S3MediaSettings.of(named("files", null), Map.of()))
        .isEqualTo(new S3MediaSettings("files", null, "us-east-1", "", false, null));
  }

  @Test
  void langfusesVariables_areRead() {
    assertThat(
            S3MediaSettings.of(
                NOTHING,
                Map.of(
                    "LANGFUSE_S3_MEDIA_UPLOAD_BUCKET", "langfuse",
                    "LANGFUSE_S3_MEDIA_UPLOAD_ENDPOINT", "http://minio:9000",
                    "LANGFUSE_S3_MEDIA_UPLOAD_REGION", "auto",
                    "LANGFUSE_S3_MEDIA_UPLOAD_PREFIX", "media/",
                    "LANGFUSE_S3_MEDIA_UPLOAD_FORCE_PATH_STYLE", "true",
                    "LANGFUSE_S3_MEDIA_UPLOAD_ACCESS_KEY_ID", "minio",
                    "LANGFUSE_S3_MEDIA_UPLOAD_SECRET_ACCESS_KEY", "miniosecret")))
        .isEqualTo(
            new S3MediaSettings(
                "langfuse",
                URI.create("http://minio:9000"),
                "auto",
                "media/",
                true,
                new S3MediaSettings.Keys("minio", "miniosecret")));
  }

  @Test
  void options_comeBeforeVariables() {
    Map<String, String> variables =
        Map.of(
            "LANGFUSE_S3_MEDIA_UPLOAD_BUCKET", "theirs",
            "LANGFUSE_S3_MEDIA_UPLOAD_FORCE_PATH_STYLE", "true");

    S3MediaSettings settings =
        S3MediaSettings.of(
            new S3MediaSettings.Options("ours", null, "eu-central-1", "p/", false), variables);

    assertThat(settings)
        .isEqualTo(new S3MediaSettings("ours", null, "eu-central-1", "p/", false, null));
  }

  @Test
  void mistakes_areSaid() {
    assertRefused(named(null, "http://minio:9000"), Map.of(), "need --media-s3-bucket");
    assertRefused(named("files", "minio:9000"), Map.of(), "--media-s3-endpoint must be");
    assertRefused(named("files", "http://a:b@minio"), Map.of(), "without a password");
    assertRefused(named("files", "a b"), Map.of(), "--media-s3-endpoint must be");
    assertRefused(
        named("files", null),
        Map.of("LANGFUSE_S3_MEDIA_UPLOAD_ACCESS_KEY_ID", "minio"),
        "are needed both");
  }

  @Test
  void secret_isNotPrinted() {
    assertThat(
            new S3MediaSettings(
                "files", null, "", "", false, new S3MediaSettings.Keys("id", "hidden")))
        .asString()
        .doesNotContain("hidden");
  }

  private static void assertRefused(
      S3MediaSettings.Options options, Map<String, String> variables, String message) {
    assertThatThrownBy(() -> S3MediaSettings.of(options, variables))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
