package io.langfuse4j.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.langfuse4j.testing.RecordedLogs;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LangfuseMediaTest {

  private static final byte[] ABC = "abc".getBytes(StandardCharsets.UTF_8);

  /** The vector of the official SDKs. */
  private static final String ABC_ID = "ungWv48Bz-pBQUDeXa4iI7";

  @Test
  void bytes_haveTheIdOfTheOfficialSdks() {
    LangfuseMedia media = LangfuseMedia.of(ABC, "text/plain");

    assertThat(media.mediaId()).isEqualTo(ABC_ID);
    assertThat(media.sha256()).isEqualTo("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    assertThat(media.contentLength()).isEqualTo(3);
    assertThat(media.toString())
        .isEqualTo("@@@langfuseMedia:type=text/plain|id=" + ABC_ID + "|source=bytes@@@");
    assertThat(media.dataUri()).isEqualTo("data:text/plain;base64,YWJj");
  }

  @Test
  void dataUri_withParameters_isReadToItsTypeAndBytes() {
    LangfuseMedia media = LangfuseMedia.ofDataUri("data:text/plain;charset=utf-8;base64,YWJj");

    assertThat(media)
        .isEqualTo(LangfuseMedia.ofDataUri("data:text/plain;base64,YWJj"))
        .hasToString(
            "@@@langfuseMedia:type=text/plain|id=" + ABC_ID + "|source=base64_data_uri@@@");
  }

  @Test
  void file_isReadWhenTheMediaIsMade(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("a.txt"), ABC);
    LangfuseMedia media = LangfuseMedia.ofFile(file, "text/plain");
    Files.delete(file);

    assertThat(media.content()).isEqualTo(ABC);
    assertThat(media)
        .hasToString("@@@langfuseMedia:type=text/plain|id=" + ABC_ID + "|source=file@@@");
  }

  @Test
  void fileThatIsNotThere_leavesAMarkerAndSaysSo(@TempDir Path folder) {
    try (RecordedLogs logs = new RecordedLogs()) {
      LangfuseMedia media = LangfuseMedia.ofFile(folder.resolve("missing.png"), "image/png");

      assertThat(media.isUsable()).isFalse();
      assertThat(media.reference()).isNull();
      assertThat(media).hasToString("<Upload handling failed for LangfuseMedia of type image/png>");
      assertThat(logs.warnings()).singleElement().asString().contains("missing.png");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "data:", "data:image/png,rawdata", "http://host/a.png", "data:;base64,%%%"})
  void textThatIsNoDataUri_isUnusableAndNotPrinted(String text) {
    try (RecordedLogs logs = new RecordedLogs()) {
      LangfuseMedia media = LangfuseMedia.ofDataUri(text);

      assertThat(media.isUsable()).isFalse();
      assertThat(logs.warnings()).hasSize(1);
      assertThat(logs.warnings().get(0)).doesNotContain("rawdata").doesNotContain("%%%");
    }
  }

  @Test
  void emptyContent_isNothingToUpload() {
    LangfuseMedia media = LangfuseMedia.of(new byte[0], "image/png");

    assertThat(media.isUsable()).isFalse();
    assertThat(media.mediaId()).isNull();
    assertThat(media.contentLength()).isZero();
  }

  @Test
  void reference_isReadBack() {
    LangfuseMediaReference reference = new LangfuseMediaReference(ABC_ID, "image/png", "bytes");

    assertThat(LangfuseMediaReference.parse(reference.toString())).isEqualTo(reference);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "@@@langfuseMedia:@@@",
        "@@@langfuseMedia:@@",
        "@@@langfuseMedia:type=image/png|id=x@@@",
        "@@@langfuseMedia:id=x|source=bytes@@@",
        "langfuseMedia:type=image/png|id=x|source=bytes"
      })
  void textThatIsNoReference_isRefusedWithWhatWasExpected(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LangfuseMediaReference.parse(text))
        .withMessageContaining("expected @@@langfuseMedia:type=");
  }
}
