package io.langfuse4j.server;

import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MediaStore.Held;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.media.FolderMediaFiles;
import io.langfuse4j.server.store.media.MediaFilesContract;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MediaSweepTest {
  @TempDir private Path folder;
  private TraceStore store;
  private MediaFiles files;
  private MediaSweep sweep;

  @BeforeEach
  void open() {
    store = SqliteTraceStore.open(folder.resolve("data"), Clock.systemUTC(), 1 << 24);
    files = new FolderMediaFiles(folder.resolve("media"));
    sweep = sweep(files);
  }

  /** Two days later, so that what was announced now is old. */
  private MediaSweep sweep(MediaFiles of) {
    Instant later = Instant.now().plus(Duration.ofDays(2));
    return new MediaSweep(store, of, () -> 0, Clock.fixed(later, ZoneOffset.UTC));
  }

  @AfterEach
  void close() {
    sweep.close();
    store.close();
  }

  private static Media media(String content) throws Exception {
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new Media(hash.substring(0, 22), hash, "text/plain", bytes.length, null);
  }

  private static Media.Use ofTrace(String trace) {
    return new Media.Use("input", trace, null, null);
  }

  private Media upload(String project, String content, Media.Use... uses) throws Exception {
    Media media = media(content);
    for (Media.Use use : uses) {
      store.media().announce(project, media, use).join();
    }
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    files.keep(media, MediaFilesContract.draft(files, bytes));
    return store.media().uploaded(project, media.id()).join();
  }

  private void trace(String id) {
    store.write("p", List.of(span(id, "o-" + id).root())).join();
  }

  private long kept() throws IOException {
    try (Stream<Path> paths = Files.walk(folder.resolve("media"))) {
      return paths.filter(Files::isRegularFile).count();
    }
  }

  @Test
  void fileOfADeletedTrace_isRemoved_andMayComeAgain() throws Exception {
    trace("t");
    Media media = upload("p", "hello", ofTrace("t"));
    sweep.run();
    assertThat(store.media().media("p", media.id())).isEqualTo(media);

    store.deleteTraces("p", List.of("t")).join();
    sweep.run();

    assertThat(store.media().media("p", media.id())).isNull();
    assertThat(kept()).isZero();
    assertThat(sweep.removed()).isOne();
    assertThat(store.media().announce("p", media, ofTrace("new")).join().uploadedAt()).isNull();
  }

  @Test
  void fileOfManyTraces_staysUntilTheLastIsDeleted() throws Exception {
    Media.Use[] uses = new Media.Use[50];
    for (int i = 0; i < uses.length; i++) {
      uses[i] = ofTrace("t%02d".formatted(i));
    }
    trace("t49");
    Media media = upload("p", "logo", uses);
    upload("p", "other", ofTrace("never came"));

    sweep.run();
    assertThat(store.media().media("p", media.id())).isNotNull();
    assertThat(sweep.removed()).isOne();

    store.deleteTraces("p", List.of("t49")).join();
    sweep.run();
    assertThat(kept()).isZero();
  }

  @Test
  void fileAnnouncedLately_stays() throws Exception {
    Media media = upload("p", "hello", ofTrace("on its way"));
    try (MediaSweep now = new MediaSweep(store, files, () -> 0, Clock.systemUTC())) {
      now.run();
    }

    assertThat(store.media().media("p", media.id())).isNotNull();
    assertThat(kept()).isOne();
  }

  @Test
  void sameBytesOfTwoProjects_stayForTheOther() throws Exception {
    trace("t");
    Media media = upload("p", "shared", ofTrace("t"));
    upload("q", "shared", ofTrace("t"));

    sweep.run();
    assertThat(store.media().media("q", media.id())).isNull();
    assertThat(store.media().media("p", media.id())).isNotNull();
    assertThat(MediaFilesContract.read(files, media, 0, 6))
        .asString(StandardCharsets.UTF_8)
        .isEqualTo("shared");

    store.deleteTraces("p", List.of("t")).join();
    sweep.run();
    assertThat(kept()).isZero();
  }

  @Test
  void fileOfADataset_stays_whateverHappensToTraces() throws Exception {
    Media media = upload("p", "hello", ofTrace("gone"), new Media.Use("input", null, null, "item"));

    sweep.run();

    assertThat(store.media().media("p", media.id())).isNotNull();
    assertThat(kept()).isOne();
  }

  @Test
  void fileThatATraceMentions_stays() throws Exception {
    Media media = upload("p", "hello", ofTrace("gone"));
    String text = "see @@@langfuseMedia:type=text/plain|id=" + media.id() + "|source=bytes@@@";
    store.write("p", List.of(span("t", "o").content(text, null).root())).join();

    sweep.run();

    assertThat(store.media().media("p", media.id())).isNotNull();
  }

  @Test
  void bytesThatCannotBeDeleted_areTriedAgain() throws Exception {
    Media media = upload("p", "hello", ofTrace("gone"));
    MediaFiles failing =
        new MediaFiles() {
          @Override
          public Path drafts() {
            return folder;
          }

          @Override
          public void keep(Media kept, Draft draft) {
            throw new StoreException("no");
          }

          @Override
          public InputStream read(Media kept, long from, long length) {
            throw new StoreException("no");
          }

          @Override
          public void delete(Media kept, Instant keptBefore) {
            throw new StoreException("no");
          }
        };
    try (MediaSweep failed = sweep(failing)) {
      failed.run();
    }
    // It is not there for anybody who asks, and not forgotten either.
    assertThat(store.media().media("p", media.id()).uploadedAt()).isNull();

    sweep.run();
    assertThat(store.media().media("p", media.id())).isNull();
    assertThat(kept()).isZero();
  }

  @Test
  void itemOfADataset_isNotedAsAUse() throws Exception {
    Media media = upload("local", "hello", ofTrace("gone"));
    store.close();
    try (TestServer server = TestServer.start(folder.resolve("data"))) {
      server.send(200, "POST", "/api/public/v2/datasets", "{'name':'d'}");
      server.send(
          200,
          "POST",
          "/api/public/dataset-items",
          "{'datasetName':'d','input':{'file':'@@@langfuseMedia:type=text/plain|id=%s|source=bytes@@@'}}"
              .formatted(media.id()));
    }
    store = SqliteTraceStore.open(folder.resolve("data"), Clock.systemUTC(), 1 << 24);

    assertThat(store.media().held(Instant.now().plusSeconds(60), 0, 10))
        .extracting(Held::inDataset)
        .containsExactly(true);
  }
}
