package io.langfuse4j.server.store.media;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.StoreException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Objects;

/** Files in a folder, named by the hash of what is in them. Thread-safe. */
public final class FolderMediaFiles implements MediaFiles {
  private final Path folder;

  /**
   * @param folder created when the first file comes
   */
  public FolderMediaFiles(Path folder) {
    this.folder = folder;
  }

  /** Writes the file beside its place, and only when it is on disk moves it there. */
  @Override
  public void keep(Media media, Content content) {
    Announced.check(media, content);
    try {
      write(file(media), content);
    } catch (IOException e) {
      throw new StoreException("The folder of media cannot be written: " + e.getMessage(), e);
    }
  }

  private static void write(Path target, Content content) throws IOException {
    Files.createDirectories(Objects.requireNonNull(target.getParent()));
    Path draft = Files.createTempFile(target.getParent(), "upload", ".part");
    try (InputStream bytes = content.open()) {
      Files.copy(bytes, draft, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(draft);
    }
  }

  @Override
  public byte[] read(Media media, long from, int length) {
    byte[] bytes = new byte[length];
    try (RandomAccessFile file = new RandomAccessFile(file(media).toFile(), "r")) {
      file.seek(from);
      file.readFully(bytes);
    } catch (FileNotFoundException e) {
      throw Announced.gone();
    } catch (IOException e) {
      throw new StoreException("The folder of media cannot be read: " + e.getMessage(), e);
    }
    return bytes;
  }

  @Override
  public void delete(Media media, Instant keptBefore) {
    Path file = file(media);
    try {
      if (Files.exists(file) && Files.getLastModifiedTime(file).toInstant().isBefore(keptBefore)) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new StoreException("A file of media cannot be deleted: " + e.getMessage(), e);
    }
  }

  private Path file(Media media) {
    return folder.resolve(Announced.path(media));
  }
}
