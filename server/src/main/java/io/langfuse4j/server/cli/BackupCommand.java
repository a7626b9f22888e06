package io.langfuse4j.server.cli;

import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sqlite.NativeLibrary;
import io.langfuse4j.server.store.sqlite.SqliteBackup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code backup}: copies a data folder, also while a server uses it. */
@Command(
    name = "backup",
    description = "Copy a data folder, also while a server uses it.",
    mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "./langfuse-data",
      description = "The folder to copy (default ./langfuse-data).")
  private Path data = Path.of("langfuse-data");

  @Option(
      names = "--to",
      paramLabel = "DIR",
      required = true,
      description = "An empty or new folder; start a server on it to restore.")
  private Path to = Path.of("backup");

  @Override
  public Integer call() {
    try {
      if (Files.isDirectory(data)) {
        NativeLibrary.keep(data);
      }
      long bytes = SqliteBackup.copy(data, to);
      System.out.printf("%s was copied to %s, %d MB.%n", data, to, (bytes + (1 << 20) - 1) >> 20);
      return 0;
    } catch (StoreException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }
}
