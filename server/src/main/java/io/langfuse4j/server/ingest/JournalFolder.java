package io.langfuse4j.server.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a journal: segments by their number, the place up to which the store has them, and
 * what was set aside. Thread-safe where callers do not touch the same file.
 */
final class JournalFolder {
  private static final Logger LOGGER = LoggerFactory.getLogger(JournalFolder.class);

  private final Path folder;

  /**
   * @param folder made when it is needed
   */
  JournalFolder(Path folder) {
    this.folder = folder;
  }

  /** Numbers of the segments that there are, in their order. */
  List<Long> segments() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.toString().endsWith(Segment.SUFFIX))
          .map(Segment::number)
          .sorted()
          .toList();
    }
  }

  Segment create(long number) throws IOException {
    return Segment.create(folder, number);
  }

  Segment read(long number) throws IOException {
    return Segment.read(folder, number);
  }

  private Path placeFile() {
    return folder.resolve("applied");
  }

  /** The place that was kept last; the beginning if there is none. */
  Place readPlace() throws IOException {
    Path file = placeFile();
    if (!Files.exists(file) || Files.size(file) < 2 * Long.BYTES) {
      return new Place(0, 0);
    }
    ByteBuffer kept = ByteBuffer.wrap(Files.readAllBytes(file));
    return new Place(kept.getLong(), kept.getLong());
  }

  /**
   * Keeps a place, and deletes the segments before it. It need not be on disk: from an older place
   * more is applied again.
   */
  void advance(Place before, Place after) {
    try {
      writePlace(after);
      for (long old = before.segment(); old < after.segment(); old++) {
        Files.deleteIfExists(Segment.file(folder, old));
      }
    } catch (IOException e) {
      LOGGER.debug("More than needed is left of the journal", e);
    }
  }

  private void writePlace(Place place) throws IOException {
    ByteBuffer kept = ByteBuffer.allocate(2 * Long.BYTES);
    kept.putLong(place.segment()).putLong(place.offset()).flip();
    try (FileChannel channel =
        FileChannel.open(placeFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(kept, 0);
    }
  }

  /** An export that cannot be understood any more must neither be lost nor stop the others. */
  void setAside(Place from, byte[] frame, Throwable cause) throws IOException {
    Path file = folder.resolve(from.segment() + "-" + from.offset() + ".rejected");
    LOGGER.error("An export could not be stored and was set aside as {}", file, cause);
    Files.write(file, frame);
  }

  /** Once the store has everything. What was set aside stays, and the folder with it. */
  void remove() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try {
      for (long segment : segments()) {
        Files.deleteIfExists(Segment.file(folder, segment));
      }
      Files.deleteIfExists(placeFile());
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      LOGGER.debug("The empty journal could not be removed", e);
    }
  }
}
