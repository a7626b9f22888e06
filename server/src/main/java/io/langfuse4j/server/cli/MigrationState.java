package io.langfuse4j.server.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How far a migration to one place has come, in a file of the data folder that is replaced at each
 * step. Not thread-safe.
 */
final class MigrationState {
  private final Path file;
  private final Properties steps = new Properties();

  private MigrationState(Path file) {
    this.file = file;
  }

  /** Goes on where the last migration of this folder to this place ended. */
  static MigrationState of(Path data, String target) throws IOException {
    MigrationState state =
        new MigrationState(
            data.resolve("migration-" + Integer.toHexString(target.hashCode()) + ".properties"));
    if (Files.exists(state.file)) {
      try (Reader reader = Files.newBufferedReader(state.file)) {
        state.steps.load(reader);
      }
    }
    return state;
  }

  @Nullable String get(String step) {
    return steps.getProperty(step);
  }

  void put(String step, String reached) throws IOException {
    steps.setProperty(step, reached);
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try (Writer writer = Files.newBufferedWriter(fresh)) {
      steps.store(writer, null);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
