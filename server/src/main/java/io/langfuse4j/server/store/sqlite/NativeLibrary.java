package io.langfuse4j.server.store.sqlite;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * Keeps the engine's native code in the data folder, once for each version and platform. Left to
 * itself the driver unpacks it into the system's temporary folder at every start, where a process
 * that is killed leaves it for ever, and where some systems let nothing be executed. What does not
 * work here is left to the driver, as before.
 *
 * <p>Sets a property of the process, which must therefore be the server's own. Thread-safe.
 */
public final class NativeLibrary {
  private static final Logger LOGGER = LoggerFactory.getLogger(NativeLibrary.class);
  private static final String PLACE = "org.sqlite.lib.path";
  private static final String OWN_TEMPORARY = "org.sqlite.tmpdir";

  private NativeLibrary() {}

  /** Loads the code if an earlier start has kept it there, which may be done ahead of need. */
  public static void preload(Path dataDir) {
    if (isLeftToUs() && Files.exists(file(dataDir))) {
      use(dataDir);
      try {
        SQLiteJDBCLoader.initialize();
      } catch (Exception e) {
        // Opening a store meets the same failure and reports it.
        LOGGER.debug("SQLite's native code could not be loaded yet", e);
      }
    }
  }

  /** To be called before a database is opened: keeps the code there if nobody has. */
  public static void keep(Path dataDir) {
    if (!isLeftToUs()) {
      return;
    }
    try {
      if (!Files.exists(file(dataDir))) {
        unpack(file(dataDir));
        removeOthers(folder(dataDir));
      }
      use(dataDir);
    } catch (IOException e) {
      LOGGER.debug("SQLite's native code cannot be kept in {}", dataDir, e);
    }
  }

  /** Whoever starts the process may have said where the code is, or is to be unpacked. */
  private static boolean isLeftToUs() {
    return System.getProperty(PLACE) == null && System.getProperty(OWN_TEMPORARY) == null;
  }

  private static void use(Path dataDir) {
    System.setProperty(PLACE, folder(dataDir).toAbsolutePath().toString());
  }

  private static Path folder(Path dataDir) {
    String platform = LibraryLoaderUtil.getNativeLibResourcePath().replaceFirst("^.*/native/", "");
    return dataDir
        .resolve("native")
        .resolve("sqlite-" + SQLiteJDBCLoader.getVersion() + "-" + platform.replace('/', '-'));
  }

  private static Path file(Path dataDir) {
    return folder(dataDir).resolve(LibraryLoaderUtil.getNativeLibName());
  }

  /** Complete or not at all, whatever happens meanwhile. */
  private static void unpack(Path target) throws IOException {
    String resource =
        LibraryLoaderUtil.getNativeLibResourcePath() + "/" + LibraryLoaderUtil.getNativeLibName();
    Path folder = Objects.requireNonNull(target.getParent());
    try (InputStream code = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (code == null) {
        throw new FileNotFoundException(resource);
      }
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, "draft", "");
      try {
        Files.copy(code, draft, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
          channel.force(true);
        }
        Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(draft);
      }
    }
  }

  /** Of earlier versions, and drafts that a crash has left. */
  private static void removeOthers(Path kept) throws IOException {
    for (Path folder : list(Objects.requireNonNull(kept.getParent()))) {
      for (Path file : list(folder)) {
        if (!folder.equals(kept) || file.getFileName().toString().startsWith("draft")) {
          Files.deleteIfExists(file);
        }
      }
      if (!folder.equals(kept)) {
        Files.deleteIfExists(folder);
      }
    }
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
