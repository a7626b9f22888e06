package io.langfuse4j.server.store.common;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a second process, or a second server in this one, out of a data folder. */
public final class FolderLock implements AutoCloseable {
  /**
   * Folders held by this process. Needed because on POSIX closing any channel of a file gives up
   * the process's lock on it: a second attempt here must not even open the file.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final FileChannel channel;

  private FolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * @param wanted made if it does not exist
   * @throws StoreException in one sentence, if the folder cannot be used
   */
  public static FolderLock acquire(Path wanted) {
    Path folder = create(wanted);
    if (!HELD.add(folder)) {
      throw inUse(folder);
    }
    boolean acquired = false;
    try {
      FolderLock lock = new FolderLock(folder, lock(folder));
      acquired = true;
      return lock;
    } finally {
      if (!acquired) {
        HELD.remove(folder);
      }
    }
  }

  private static Path create(Path folder) {
    try {
      return Files.createDirectories(folder).toRealPath();
    } catch (FileAlreadyExistsException e) {
      throw new StoreException("The data folder " + folder + " is a file. Choose another.", e);
    } catch (IOException e) {
      throw new StoreException("The data folder " + folder + " cannot be created.", e);
    }
  }

  private static FileChannel lock(Path folder) {
    FileChannel channel;
    try {
      channel =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new StoreException("The data folder " + folder + " cannot be written to.", e);
    }
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (IOException e) {
      closeQuietly(channel);
      throw new StoreException("The data folder " + folder + " cannot be locked.", e);
    }
    closeQuietly(channel);
    throw inUse(folder);
  }

  private static StoreException inUse(Path folder) {
    return new StoreException(
        "The data folder "
            + folder
            + " is in use by another server. Stop that one, or choose another folder.");
  }

  private static void closeQuietly(FileChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      // The refusal that follows is what matters.
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new StoreException("The lock on the data folder could not be released", e);
    }
    HELD.remove(folder);
  }
}
