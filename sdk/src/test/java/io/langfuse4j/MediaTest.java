package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import io.langfuse4j.testing.MediaStorage;
import io.langfuse4j.testing.OtlpSink.Answer;
import io.langfuse4j.testing.OtlpSink.Request;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files inside observations: found, uploaded, replaced, and brought back. */
@Timeout(120)
class MediaTest extends ClientTest {

  private static final byte[] PICTURE = picture(300);
  private static final String BASE64 = Base64.getEncoder().encodeToString(PICTURE);
  private static final String ID = LangfuseMedia.of(PICTURE, "image/png").mediaId();

  private final MediaStorage storage = new MediaStorage(sink);

  private static byte[] picture(int bytes) {
    byte[] picture = new byte[bytes];
    new Random(1).nextBytes(picture);
    return picture;
  }

  private static String reference(String type, String source) {
    return "@@@langfuseMedia:type=" + type + "|id=" + ID + "|source=" + source + "@@@";
  }

  @Test
  @Requirement("R138")
  void mediaObject_isUploadedAndItsReferenceStandsInTheInput() {
    langfuse.run(
        "look",
        GENERATION,
        g -> g.input(Map.of("image", LangfuseMedia.of(PICTURE, "image/png"))).output("a cat"));

    RecordedSpan look = sent("look");
    assertThat(look.attributes())
        .isEqualTo(
            root(
                "generation",
                "input",
                "{\"image\":\"" + reference("image/png", "bytes") + "\"}",
                "output",
                "a cat"));
    assertThat(storage.stored()).containsOnlyKeys(ID);
    assertThat(storage.stored().get(ID)).isEqualTo(PICTURE);
    assertThat(storage.announced()).hasSize(1);
    assertThat(storage.announced().get(0).toString())
        .isEqualTo(
            "{\"traceId\":\"%s\",\"observationId\":\"%s\",\"contentType\":\"image/png\",\"contentLength\":300,\"sha256Hash\":\"%s\",\"field\":\"input\"}"
                .formatted(
                    look.traceId(),
                    look.spanId(),
                    LangfuseMedia.of(PICTURE, "image/png").sha256()));
    assertThat(langfuse.stats().mediaSent()).isEqualTo(1);
  }

  @Test
  void upload_goesToTheStorageWithoutTheKeys_andIsReported() {
    langfuse.run("look", o -> o.output(LangfuseMedia.of(PICTURE, "image/png")));
    flush();

    Request put = storage.puts().get(0);
    assertThat(put.headers())
        .containsEntry("content-type", "image/png")
        .containsEntry("x-amz-checksum-sha256", LangfuseMedia.of(PICTURE, "image/png").sha256())
        .containsEntry("x-ms-blob-type", "BlockBlob")
        .doesNotContainKeys("authorization", "x-langfuse-public-key");
    assertThat(storage.reports()).hasSize(1);
    JsonNode report = storage.reports().get(0);
    assertThat(report.get("uploadHttpStatus").asInt()).isEqualTo(200);
    assertThat(report.get("uploadHttpError").isNull()).isTrue();
    assertThat(report.get("uploadTimeMs").isNumber()).isTrue();
    assertThat(report.get("uploadedAt").asText()).endsWith("Z");
  }

  static Stream<Arguments> providerShapes() {
    return Stream.of(
        Arguments.of(
            "data URI in an OpenAI message",
            "[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,%s\"}}]",
            "image/png",
            "base64_data_uri"),
        Arguments.of(
            "OpenAI file part",
            "{\"file\":{\"filename\":\"a.pdf\",\"file_data\":\"data:application/pdf;base64,%s\"}}",
            "application/pdf",
            "base64_data_uri"),
        Arguments.of(
            "OpenAI audio in",
            "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"%s\",\"format\":\"mp3\"}}",
            "audio/mp3",
            "bytes"),
        Arguments.of(
            "OpenAI audio out",
            "{\"audio\":{\"id\":\"audio_1\",\"data\":\"%s\",\"transcript\":\"hello\"}}",
            "audio/wav",
            "bytes"),
        Arguments.of("OpenAI image", "{\"data\":[{\"b64_json\":\"%s\"}]}", "image/png", "bytes"),
        Arguments.of(
            "OpenAI image tool",
            "{\"type\":\"image_generation_call\",\"output_format\":\"webp\",\"result\":\"%s\"}",
            "image/webp",
            "bytes"),
        Arguments.of(
            "Anthropic",
            "{\"source\":{\"type\":\"base64\",\"media_type\":\"image/jpeg\",\"data\":\"%s\"}}",
            "image/jpeg",
            "bytes"),
        Arguments.of(
            "Vertex",
            "{\"type\":\"media\",\"mime_type\":\"video/mp4\",\"data\":\"%s\"}",
            "video/mp4",
            "bytes"),
        Arguments.of(
            "Gemini",
            "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"%s\"}}",
            "image/png",
            "bytes"),
        Arguments.of(
            "Gemini in snake case",
            "{\"inline_data\":{\"data\":\"%s\",\"mime_type\":\"image/png\"}}",
            "image/png",
            "bytes"),
        Arguments.of(
            "AI SDK",
            "{\"type\":\"file\",\"mediaType\":\"image/gif\",\"data\":\"%s\"}",
            "image/gif",
            "bytes"),
        Arguments.of(
            "OpenTelemetry GenAI",
            "{\"type\":\"blob\",\"mime_type\":\"image/png\",\"content\":\"%s\"}",
            "image/png",
            "bytes"),
        Arguments.of(
            "data URI in prose",
            "See data:image/png;base64,%s, and answer.",
            "image/png",
            "base64_data_uri"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("providerShapes")
  void fileInAShapeOfAProvider_isReplacedAndNothingElse(
      String name, String shape, String type, String source) {
    langfuse.run("look", o -> o.metadata("before", 1.50).output(shape.formatted(BASE64)));

    assertThat(sent("look").attributes())
        .isEqualTo(
            root(
                "span",
                "metadata.before",
                "1.5",
                "output",
                shape
                    .replaceFirst("(data:[a-z/]+;base64,)?%s", "%s")
                    .formatted(reference(type, source))));
    assertThat(storage.stored().get(ID)).isEqualTo(PICTURE);
    assertThat(storage.announced().get(0).get("contentType").asText()).isEqualTo(type);
    assertThat(storage.announced().get(0).get("field").asText()).isEqualTo("output");
  }

  static Stream<String> harmless() {
    return Stream.of(
        "data:;base64,",
        "no data: here;base64, neither",
        "{\"data\":\"" + BASE64 + "\"}",
        "{\"type\":\"base64\",\"data\":\"" + BASE64 + "\"}",
        "{\"inlineData\":{\"mimeType\":\"image/png\",\"data\":\"short\"}}",
        "{\"type\":\"image\",\"image\":\"https://host/a/picture/of/some/length/that/is/fine.png\"}",
        "{\"audio\":{\"data\":\"" + reference("audio/wav", "bytes") + "\"}}",
        "{\"b64_json\": not json at all and long enough to be looked at",
        "[".repeat(5_000) + "\"data\"");
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void textThatOnlyLooksLikeAFile_staysAsItIs(String text) {
    langfuse.run("look", o -> o.input(text));

    assertThat(sent("look").attributes()).isEqualTo(root("span", "input", text));
    assertThat(storage.announced()).isEmpty();
  }

  @Test
  void textThatIsNotBase64_leavesAMarker() {
    langfuse.run("look", o -> o.input("data:image/png;base64,AAAAA and more text behind it"));

    assertThat(sent("look").attributes())
        .isEqualTo(
            root(
                "span",
                "input",
                "<Upload handling failed for LangfuseMedia of type image/png> and more text behind it"));
    assertThat(storage.announced()).isEmpty();
  }

  @Test
  void fileCutBySizeLimit_isNotUploadedInPart() {
    Langfuse small = client(s -> s.maxValueBytes(200));
    small.run("look", o -> o.input("data:image/png;base64," + BASE64));
    assertThat(small.flush()).isTrue();

    assertThat((String) sink.span("look").attributes().get("langfuse.observation.input"))
        .startsWith("<Upload handling failed for LangfuseMedia of type image/png><truncated: ");
    assertThat(storage.announced()).isEmpty();
  }

  @Test
  void sameFileInManyPlaces_isUploadedOnceAndLinkedToEach() {
    for (int i = 0; i < 5; i++) {
      langfuse.run(
          "look",
          o ->
              o.input(
                      List.of(
                          LangfuseMedia.of(PICTURE, "image/png"),
                          "data:image/png;base64," + BASE64))
                  .metadata("copy", LangfuseMedia.of(PICTURE, "image/png")));
    }
    flush();

    assertThat(storage.puts()).hasSize(1);
    assertThat(sink.spans()).hasSize(5);
    assertThat(storage.announced().stream().map(a -> a.get("observationId").asText()).distinct())
        .hasSize(5);
    assertThat(storage.announced().stream().map(a -> a.get("field").asText()))
        .containsOnly("input", "metadata");
  }

  @Test
  void storageThatFailsForAMoment_isTriedAgain() {
    storage.answeringPuts(put -> put == 1 ? 503 : 200);
    langfuse.run("look", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")));
    flush();

    assertThat(storage.puts()).hasSize(2);
    assertThat(storage.reports()).hasSize(1);
    assertThat(storage.stored()).containsOnlyKeys(ID);
  }

  @Test
  void storageThatRefuses_isReportedCountedAndSaid_andTheSpanArrives() {
    storage.answeringPuts(put -> 403);
    try (RecordedLogs logs = new RecordedLogs()) {
      langfuse.run("look", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")));
      assertThat(langfuse.flush()).isFalse();

      assertThat(logs.warnings()).singleElement().asString().contains("refused a media file");
    }
    assertThat(sink.names()).containsExactly("look");
    assertThat(storage.reports().get(0).get("uploadHttpStatus").asInt()).isEqualTo(403);
    assertThat(storage.reports().get(0).get("uploadHttpError").asText())
        .isEqualTo("storage says no");
    assertThat(langfuse.stats().mediaDropped()).isEqualTo(1);
    assertThat(langfuse.stats().lastError()).contains("403");
  }

  @Test
  void maskThatHidesTheReference_keepsTheFileFromLeaving() {
    Langfuse masked = client(s -> s.mask((key, text) -> key.endsWith("input") ? "hidden" : text));
    masked.run(
        "look",
        o ->
            o.input(LangfuseMedia.of(PICTURE, "image/png"))
                .output("data:image/png;base64," + BASE64.substring(0, 40)));
    assertThat(masked.flush()).isTrue();

    assertThat(sink.span("look").attributes())
        .containsEntry("langfuse.observation.input", "hidden");
    assertThat(storage.announced()).hasSize(1);
    assertThat(storage.announced().get(0).get("field").asText()).isEqualTo("output");
  }

  @Test
  void textFile_isMaskedBeforeItIsUploaded() {
    Langfuse masked = client(s -> s.mask((key, text) -> text.replace("secret", "******")));
    byte[] letter = "the secret of a long letter".getBytes(StandardCharsets.UTF_8);
    masked.run("read", o -> o.input(LangfuseMedia.of(letter, "text/plain")));
    assertThat(masked.flush()).isTrue();

    byte[] sent = "the ****** of a long letter".getBytes(StandardCharsets.UTF_8);
    LangfuseMedia media = LangfuseMedia.of(sent, "text/plain");
    assertThat(sink.span("read").attributes())
        .containsEntry("langfuse.observation.input", "\"" + media + "\"");
    assertThat(storage.stored()).containsOnlyKeys(media.mediaId());
    assertThat(storage.stored().get(media.mediaId())).isEqualTo(sent);
  }

  @Test
  void uploadSwitchedOff_leavesEverythingWhereItIs() {
    Langfuse off = client(s -> s.mediaUploadEnabled(false));
    off.run("look", o -> o.input("data:image/png;base64," + BASE64));
    assertThat(off.flush()).isTrue();

    assertThat(sink.span("look").attributes())
        .isEqualTo(root("span", "input", "data:image/png;base64," + BASE64));
    assertThat(storage.announced()).isEmpty();
  }

  @Test
  void filesOfManyThreads_allArrive() {
    int threads = 8;
    Stream.iterate(0, i -> i + 1)
        .limit(threads * 20L)
        .parallel()
        .forEach(
            i ->
                langfuse.run(
                    "look", o -> o.input(LangfuseMedia.of(picture(100 + i), "image/png"))));
    flush();

    assertThat(storage.stored()).hasSize(threads * 20);
    assertThat(langfuse.stats().mediaSent()).isEqualTo(threads * 20L);
  }

  @Test
  void references_areResolvedWhereverTheyStand() {
    langfuse.run("look", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")));
    flush();
    String uri = "data:image/png;base64," + BASE64;
    String reference = reference("image/png", "bytes");
    String unknown = "@@@langfuseMedia:type=image/png|id=unknown|source=bytes@@@";

    try (RecordedLogs logs = new RecordedLogs()) {
      assertThat(
              langfuse.resolveMediaReferences(
                  Map.of("list", List.of("a " + reference + " b " + reference, unknown), "n", 1)))
          .isEqualTo(Map.of("list", List.of("a " + uri + " b " + uri, unknown), "n", 1));
      assertThat(logs.warnings()).singleElement().asString().contains("answered with 404");
    }
    record Bean(String image) {}
    assertThat(langfuse.resolveMediaReferences(new Bean(reference)))
        .isEqualTo(Map.of("image", uri));
  }

  @Test
  void file_isFetchedByItsReference() throws Exception {
    langfuse.run("look", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")));
    flush();

    assertThat(langfuse.fetchMedia(LangfuseMediaReference.parse(reference("image/png", "bytes"))))
        .isEqualTo(LangfuseMedia.of(PICTURE, "image/png"));
    assertThatIOException()
        .isThrownBy(
            () -> langfuse.fetchMedia(new LangfuseMediaReference("none", "image/png", "bytes")))
        .withMessageContaining("answered with 404");
  }

  @Test
  void uploadsThatHang_doNotHoldUpTheSpans() {
    Langfuse slow = client(s -> s.flushInterval(Duration.ofMillis(10)));
    storage.answeringPuts(
        put -> {
          org.awaitility.Awaitility.await().until(() -> sink.names().contains("second"));
          return 200;
        });
    slow.run("first", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")));
    slow.run("second", o -> {});

    assertThat(slow.flush()).isTrue();
    assertThat(sink.names()).containsExactly("first", "second");
    assertThat(storage.stored()).containsOnlyKeys(ID);
  }

  @Test
  @Requirement("R139")
  void flush_whereUploadsAndScoresHang_hasOneDeadline() {
    CountDownLatch release = new CountDownLatch(1);
    storage.answeringPuts(put -> answeredAfter(release, 200));
    sink.answeringRequests(
        request ->
            request.path().endsWith("/ingestion")
                ? Answer.status(answeredAfter(release, 207))
                : storage.apply(request));
    try {
      Langfuse hanging = client(s -> s.timeout(Duration.ofSeconds(20)));
      hanging.run("look", o -> o.input(LangfuseMedia.of(PICTURE, "image/png")).score("good", 1));
      Duration deadline = Duration.ofSeconds(4);
      long start = System.nanoTime();

      assertThat(hanging.flush(deadline)).isFalse();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.multipliedBy(2));
      assertThat(sink.names()).containsExactly("look");
    } finally {
      release.countDown();
    }
  }

  private static int answeredAfter(CountDownLatch release, int status) {
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return status;
  }
}
