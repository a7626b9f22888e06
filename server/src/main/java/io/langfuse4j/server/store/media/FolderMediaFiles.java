package io.langfuse4j.server.store.media;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles;
import io.langfuse4j.server.store.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Objects;

/** Files in a folder, named by the hash of what is in them. Thread-safe. */
public final class FolderMediaFiles implements MediaFiles {
  private final Path folder;
  private final Path drafts;

  /**
   * @param folder created when the first file comes, as is a folder {@code uploads} beside it
   */
  public FolderMediaFiles(Path folder) {
    this.folder = folder;
    this.drafts = folder.resolveSibling("uploads");
    Drafts.clear(drafts);
  }

  @Override
  public Path drafts() {
    return drafts;
  }

  /** Only when the file is on disk it is moved to its place. */
  @Override
  public void keep(Media media, Draft draft) {
    Announced.check(media, draft);
    try {
      move(draft.path(), file(media));
    } catch (IOException e) {
      throw new StoreException("The folder of media cannot be written: " + e.getMessage(), e);
    }
  }

  private static void move(Path draft, Path target) throws IOException {
    Path parent = Objects.requireNonNull(target.getParent());
    Files.createDirectories(parent);
    Files.setLastModifiedTime(draft, FileTime.from(Instant.now()));
    force(draft);
    try {
      Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      // Another disk is mounted as one of the two.
      Path copy = Files.createTempFile(parent, "upload", ".part");
      try {
        Files.copy(draft, copy, StandardCopyOption.REPLACE_EXISTING);
        force(copy);
        Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(copy);
      }
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public InputStream read(Media media, long from, long length) {
    FileChannel channel;
    try {
      channel = FileChannel.open(file(media), StandardOpenOption.READ);
    } catch (NoSuchFileException e) {
      throw Announced.gone();
    } catch (IOException e) {
      throw unreadable(e);
    }
    try {
      if (channel.size() < from + length) {
        throw new EOFException(channel.size() + " bytes of " + (from + length));
      }
      return Channels.newInputStream(channel.position(from));
    } catch (IOException e) {
      closeQuietly(channel);
      throw unreadable(e);
    }
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // What made it useless is told.
    }
  }

  private static StoreException unreadable(IOException cause) {
    return new StoreException("The folder of media cannot be read: " + cause.getMessage(), cause);
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
