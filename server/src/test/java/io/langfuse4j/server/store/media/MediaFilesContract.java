package io.langfuse4j.server.store.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.MediaFiles.Draft;
import io.langfuse4j.server.store.RefusedException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every keeper of bytes promises. */
public abstract class MediaFilesContract {
  private static final byte[] BYTES = "0123456789".getBytes(StandardCharsets.US_ASCII);

  private MediaFiles files;

  abstract MediaFiles open() throws Exception;

  /** How many files there are, drafts and leftovers included. */
  abstract long count() throws Exception;

  @BeforeEach
  void openFiles() throws Exception {
    files = open();
  }

  @AfterEach
  void closeFiles() {
    if (files != null) {
      files.close();
    }
  }

  private static Media announced(byte[] bytes) throws Exception {
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new Media(hash.substring(0, 22), hash, "text/plain", bytes.length, null);
  }

  private void keep(Media media, byte[] bytes) throws Exception {
    Draft draft = draft(files, bytes);
    try {
      files.keep(media, draft);
    } finally {
      Files.deleteIfExists(draft.path());
    }
  }

  /** Bytes that have come to a server. */
  public static Draft draft(MediaFiles files, byte[] bytes) throws Exception {
    Path path = Files.createTempFile(Files.createDirectories(files.drafts()), "upload", ".part");
    Files.write(path, bytes);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    return new Draft(path, bytes.length, hash);
  }

  private byte[] read(Media media, long from, int length) throws Exception {
    return read(files, media, from, length);
  }

  /** Some of the bytes, as a server sends them. */
  public static byte[] read(MediaFiles files, Media media, long from, int length) throws Exception {
    try (InputStream bytes = files.read(media, from, length)) {
      return bytes.readNBytes(length);
    }
  }

  private static Instant inAnHour() {
    return Instant.now().plus(Duration.ofHours(1));
  }

  private void assertGone(Media media) {
    assertThatThrownBy(() -> files.read(media, 0, 1))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused -> assertThat(refused.reason()).isEqualTo(RefusedException.Reason.NOT_FOUND));
  }

  @Test
  void file_isReadWholeAndInRanges() throws Exception {
    Media media = announced(BYTES);
    keep(media, BYTES);

    assertThat(read(media, 0, 10)).isEqualTo(BYTES);
    assertThat(read(media, 3, 4)).asString(StandardCharsets.US_ASCII).isEqualTo("3456");
    assertThat(read(media, 9, 1)).asString(StandardCharsets.US_ASCII).isEqualTo("9");
  }

  @Test
  void file_ofMegabytes_isReadAsItWas() throws Exception {
    byte[] bytes = new byte[9_000_001];
    new Random(1).nextBytes(bytes);
    Media media = announced(bytes);
    keep(media, bytes);

    assertThat(read(media, 0, bytes.length)).isEqualTo(bytes);
    assertThat(read(media, 8_000_000, 1_000_001))
        .isEqualTo(Arrays.copyOfRange(bytes, 8_000_000, bytes.length));
  }

  @Test
  void file_keptAgain_isOnceThere() throws Exception {
    Media media = announced(BYTES);
    keep(media, BYTES);
    keep(media, BYTES);

    assertThat(read(media, 0, 10)).isEqualTo(BYTES);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void bytes_otherThanAnnounced_areNotKept() throws Exception {
    Media media = announced(BYTES);

    assertThatThrownBy(() -> keep(media, "012345678X".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> keep(media, Arrays.copyOf(BYTES, 9)))
        .isInstanceOf(RefusedException.class);
    assertThatThrownBy(() -> keep(media, new byte[0])).isInstanceOf(RefusedException.class);
    assertGone(media);
    assertThat(count()).isZero();
  }

  @Test
  void delete_takesTheFileAway_andIsRepeatable() throws Exception {
    Media media = announced(BYTES);
    Media other = announced("other".getBytes(StandardCharsets.US_ASCII));
    keep(media, BYTES);
    keep(other, "other".getBytes(StandardCharsets.US_ASCII));

    files.delete(media, inAnHour());
    files.delete(media, inAnHour());

    assertGone(media);
    assertThat(read(other, 0, 5)).asString(StandardCharsets.US_ASCII).isEqualTo("other");
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void delete_leavesWhatWasKeptLately() throws Exception {
    Media media = announced(BYTES);
    keep(media, BYTES);

    files.delete(media, Instant.now().minus(Duration.ofHours(1)));

    assertThat(read(media, 0, 10)).isEqualTo(BYTES);
  }

  @Test
  void sameFile_fromManyAtOnce_isWhole() throws Exception {
    Media media = announced(BYTES);
    ExecutorService senders = Executors.newFixedThreadPool(8);
    try {
      Callable<byte[]> keepAndRead =
          () -> {
            keep(media, BYTES);
            return read(media, 0, 10);
          };
      for (Future<byte[]> read :
          senders.invokeAll(List.of(keepAndRead, keepAndRead, keepAndRead, keepAndRead))) {
        assertThat(read.get()).isEqualTo(BYTES);
      }
    } finally {
      senders.shutdownNow();
    }
    assertThat(count()).isEqualTo(1);
  }
}
