package io.langfuse4j.server.cli;

import io.langfuse4j.server.LangfuseServer;
import io.langfuse4j.server.StartException;
import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.clickhouse.ClickHouseTraceStore;
import io.langfuse4j.server.store.postgres.MetadataCopy;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import io.langfuse4j.server.store.sqlite.NativeLibrary;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code migrate}: moves a data folder's traces, observations and scores to ClickHouse or to
 * another Langfuse. Started again, it goes on where it ended.
 */
@Command(
    name = "migrate",
    description =
        "Copy a data folder's traces, observations and scores to ClickHouse or to "
            + "another Langfuse. The server of the folder must be stopped. Started "
            + "again, it goes on where it ended.",
    mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
  private static final String METADATA = "metadata";
  private static final long WAITING_BYTES = 64L << 20;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "./langfuse-data",
      description = "The folder to read (default ./langfuse-data); it stays as it is.")
  private Path data = Path.of("langfuse-data");

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  @Option(names = "--clickhouse-cluster", paramLabel = "NAME", description = "As for the server.")
  private @Nullable String cluster;

  @Option(
      names = "--metadata-url",
      paramLabel = "URL",
      description =
          "With --clickhouse-url: also copy prompts, datasets, keys and the rest to "
              + "PostgreSQL, as for the server, whose tables must be empty. The bytes of "
              + "media are not copied.")
  private @Nullable String metadata;

  @Option(
      names = "--project",
      paramLabel = "ID",
      defaultValue = "${env:LANGFUSE_INIT_PROJECT_ID:-local}",
      description = "To another Langfuse: which project (LANGFUSE_INIT_PROJECT_ID, default local).")
  private String project = "local";

  /** Either of the two. */
  static final class Target {
    @Option(
        names = "--clickhouse-url",
        paramLabel = "URL",
        required = true,
        description = "ClickHouse, as for the server; all projects are copied.")
    private @Nullable String clickHouse;

    @Option(
        names = "--langfuse-url",
        paramLabel = "URL",
        required = true,
        description =
            "Another Langfuse, with the keys of LANGFUSE_PUBLIC_KEY and "
                + "LANGFUSE_SECRET_KEY; one project is sent, as OTLP and scores.")
    private @Nullable String langfuse;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!Files.exists(data.resolve(SqliteTraceStore.FILE))) {
      System.err.println(
          "There is no database in " + data + ": --data names the folder to migrate.");
      return 1;
    }
    Progress progress = new Progress("traces migrated");
    try {
      if (target.clickHouse != null) {
        toClickHouse(target.clickHouse, progress);
      } else if (target.langfuse != null) {
        toLangfuse(target.langfuse, progress);
      }
    } catch (IOException | IllegalArgumentException | StoreException | StartException e) {
      return failed(progress, e);
    } catch (CompletionException e) {
      return failed(progress, e.getCause() == null ? e : e.getCause());
    }
    System.out.println(progress.count() + " traces were migrated.");
    return 0;
  }

  private static int failed(Progress progress, Throwable cause) {
    System.err.println(
        "The migration ended after "
            + progress.count()
            + " traces and can be started again: "
            + cause.getMessage());
    return 1;
  }

  private void toClickHouse(String url, Progress progress) throws IOException {
    ClickHouseSettings settings = ClickHouseSettings.of(url, cluster, System.getenv());
    NativeLibrary.keep(data);
    SqliteTraceStore from = SqliteTraceStore.open(data, Clock.systemUTC(), WAITING_BYTES);
    // Closes the folder as well, which is its home.
    try (TraceStore to =
        ClickHouseTraceStore.open(settings, from, Clock.systemUTC(), WAITING_BYTES)) {
      copyMetadata(from);
      StoreCopy copy =
          new StoreCopy(
              from, to, MigrationState.of(data, url + " " + settings.database()), progress);
      for (String each : from.projectIds()) {
        copy.copy(each);
      }
    }
  }

  /** All at once, so that it is done or is not. */
  private void copyMetadata(SqliteTraceStore from) throws IOException {
    if (metadata == null) {
      return;
    }
    PostgresSettings settings = PostgresSettings.of(metadata, System.getenv());
    MigrationState state = MigrationState.of(data, settings.url());
    if (state.get(METADATA) == null) {
      long rows = MetadataCopy.copy(from.metadataTables(), settings);
      state.put(METADATA, Long.toString(rows));
      System.out.println(rows + " rows of prompts, datasets and the rest were copied.");
    }
  }

  /** Through the API of a server on the folder, for as long as this takes. */
  private void toLangfuse(String url, Progress progress) throws IOException, InterruptedException {
    Project local = Project.LOCAL;
    Project served = new Project(project, project, local.publicKey(), local.secretKey());
    try (LangfuseServer server = LangfuseServer.builder(data).port(0).project(served).start()) {
      RemoteServer from = new RemoteServer(server.url(), served.publicKey(), served.secretKey());
      RemoteServer to =
          new RemoteServer(
              url,
              System.getenv().getOrDefault("LANGFUSE_PUBLIC_KEY", local.publicKey()),
              System.getenv().getOrDefault("LANGFUSE_SECRET_KEY", local.secretKey()));
      new Forwarding(from, to, MigrationState.of(data, url), progress).run(project);
    }
  }
}
