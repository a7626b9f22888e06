package io.langfuse4j.server.store.media;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of files that are on their way. One server has it, so that what it finds is left over.
 */
final class Drafts {
  private static final Logger LOGGER = LoggerFactory.getLogger(Drafts.class);

  private Drafts() {}

  /** Removes what a server has left that was killed. */
  static void clear(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> left = files.filter(Files::isRegularFile).toList();
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      LOGGER.warn("Parts of uploads are left in {}", folder, e);
    }
  }
}
