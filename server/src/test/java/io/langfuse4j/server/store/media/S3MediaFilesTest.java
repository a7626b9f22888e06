package io.langfuse4j.server.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MediaFiles.Draft;
import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class S3MediaFilesTest extends MediaFilesContract {
  private static final Media EMPTY_ZIP =
      new Media(
          "none",
          "8739c76e681f900923b900c9df0ef75cf421d39cabb54650c4b9ad19b6a76d85",
          "application/zip",
          22,
          null);

  @TempDir private Path drafts;
  private S3MediaSettings settings;

  @Override
  MediaFiles open() {
    settings = S3Gateway.emptyBucket();
    return S3MediaFiles.of(settings, drafts);
  }

  private List<String> keys() throws IOException {
    Path bucket = S3Gateway.folder(settings);
    try (Stream<Path> paths = Files.walk(bucket)) {
      return paths
          .filter(Files::isRegularFile)
          .map(path -> bucket.relativize(path).toString())
          .toList();
    }
  }

  @Override
  long count() throws IOException {
    return keys().size();
  }

  private static byte[] emptyZip() {
    byte[] bytes = new byte[22];
    bytes[0] = 'P';
    bytes[1] = 'K';
    bytes[2] = 5;
    bytes[3] = 6;
    return bytes;
  }

  @Test
  void keys_areThePrefixAndTheHash() throws Exception {
    try (MediaFiles files = S3MediaFiles.of(settings, drafts)) {
      files.keep(EMPTY_ZIP, draft(files, emptyZip()));
    }

    assertThat(keys()).containsExactly("media/87/" + EMPTY_ZIP.sha256());
  }

  @Test
  void mistakes_inTheSettings_areNamed() throws Exception {
    assertRefused(
        new S3MediaSettings(
            settings.bucket(),
            settings.endpoint(),
            "us-east-1",
            "media/",
            true,
            new S3MediaSettings.Keys("test-key", "another-secret-of-some-length")),
        "(403, SignatureDoesNotMatch)");
    assertRefused(
        new S3MediaSettings(
            "no-such-bucket", settings.endpoint(), "us-east-1", "", true, settings.keys()),
        "--media-s3-bucket");
    assertRefused(
        new S3MediaSettings(
            "bucket", URI.create("http://127.0.0.1:1"), "us-east-1", "", true, settings.keys()),
        "does not answer");
  }

  @Test
  void reach_ofABucketThatIsThere_succeeds() {
    try (MediaFiles files = S3MediaFiles.of(settings, drafts)) {
      assertThatCode(files::reach).doesNotThrowAnyException();
    }
  }

  private void assertRefused(S3MediaSettings wrong, String message) throws Exception {
    try (MediaFiles files = S3MediaFiles.of(wrong, drafts)) {
      Draft draft = draft(files, emptyZip());
      assertThatThrownBy(() -> files.keep(EMPTY_ZIP, draft))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(message)
          .hasMessageNotContaining("secret");
      assertThatThrownBy(files::reach).isInstanceOf(StoreException.class);
    }
  }
}
