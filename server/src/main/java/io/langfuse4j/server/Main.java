package io.langfuse4j.server;

import io.langfuse4j.server.api.Project;
import io.langfuse4j.server.cli.BackupCommand;
import io.langfuse4j.server.cli.ExportCommand;
import io.langfuse4j.server.cli.ImportCommand;
import io.langfuse4j.server.cli.MigrateCommand;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import io.langfuse4j.server.store.sqlite.NativeLibrary;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The command line: {@code java -jar langfuse4j-server.jar}. */
@Command(
    name = "langfuse4j-server",
    description = "A Langfuse that starts from one jar: ingest, storage, public API, viewer.",
    mixinStandardHelpOptions = true,
    subcommands = {
      BackupCommand.class,
      ExportCommand.class,
      ImportCommand.class,
      MigrateCommand.class
    },
    versionProvider = Main.VersionText.class,
    sortOptions = false,
    footer = {
      "",
      "The project and its keys are read from LANGFUSE_INIT_PROJECT_ID,",
      "LANGFUSE_INIT_PROJECT_NAME, LANGFUSE_INIT_PROJECT_PUBLIC_KEY and",
      "LANGFUSE_INIT_PROJECT_SECRET_KEY."
    })
public final class Main implements Callable<Integer> {
  private static final int CANNOT_START = 1;
  private static final int HELP_WIDTH = 100;
  private static final int HELP_OPTIONS_WIDTH = 32;
  private static final String EMBEDDED = "embedded";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "${env:LANGFUSE4J_PORT:-3000}",
      description = "Port to listen on, 0 picks a free one (LANGFUSE4J_PORT, default 3000).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "${env:LANGFUSE4J_HOST:-127.0.0.1}",
      description = "Address to listen on (LANGFUSE4J_HOST, default 127.0.0.1).")
  private String host = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "${env:LANGFUSE4J_DATA:-" + ConfigFile.DEFAULT_DATA + "}",
      description = "Folder that holds everything (LANGFUSE4J_DATA, default ./langfuse-data).")
  private Path data = Path.of("langfuse-data");

  @Option(
      names = "--store",
      paramLabel = "STORE",
      defaultValue = "embedded",
      description =
          "Where traces, observations and scores are kept: embedded (in the folder) "
              + "or clickhouse (LANGFUSE4J_STORE, default embedded).")
  private String store = EMBEDDED;

  @Option(
      names = "--clickhouse-url",
      paramLabel = "URL",
      description =
          "ClickHouse's HTTP interface, such as http://clickhouse:8123; settings of "
              + "ClickHouse may follow a question mark (LANGFUSE4J_CLICKHOUSE_URL). User, "
              + "password and database are read from LANGFUSE4J_CLICKHOUSE_USER, "
              + "_PASSWORD and _DATABASE.")
  private @Nullable String clickHouseUrl;

  @Option(
      names = "--clickhouse-cluster",
      paramLabel = "NAME",
      description =
          "Spread and replicate the tables over this cluster of ClickHouse's "
              + "(LANGFUSE4J_CLICKHOUSE_CLUSTER, default: one server).")
  private @Nullable String clickHouseCluster;

  @Option(
      names = "--metadata-url",
      paramLabel = "URL",
      description =
          "With --store clickhouse: PostgreSQL for prompts, datasets, keys and the "
              + "rest, shared by several servers, such as "
              + "jdbc:postgresql://postgres/langfuse4j (LANGFUSE4J_METADATA_URL, default: "
              + "in the folder). User and password are read from LANGFUSE4J_METADATA_USER "
              + "and _PASSWORD.")
  private @Nullable String metadataUrl;

  @Option(
      names = "--require-keys",
      defaultValue = "${env:LANGFUSE4J_REQUIRE_KEYS:-false}",
      description = "Refuse callers without the project's keys (LANGFUSE4J_REQUIRE_KEYS).")
  private boolean requireKeys;

  @Option(
      names = "--keep-days",
      paramLabel = "DAYS",
      description = "Delete traces that are older (LANGFUSE4J_KEEP_DAYS, default: keep).")
  private @Nullable Integer keepDays;

  @Option(
      names = "--keep-megabytes",
      paramLabel = "MB",
      description =
          "Delete the oldest traces beyond this size of the database "
              + "(LANGFUSE4J_KEEP_MEGABYTES, default: keep).")
  private @Nullable Integer keepMegabytes;

  @Mixin private MediaOptions media = new MediaOptions();

  @Option(
      names = "--request-log",
      paramLabel = "FILE",
      description = "Append a line of JSON per request (LANGFUSE4J_REQUEST_LOG, default: none).")
  private @Nullable Path requestLog;

  @Option(
      names = ConfigFile.OPTION,
      paramLabel = "FILE",
      description =
          "Read options from a file of lines such as port=3000 (LANGFUSE4J_CONFIG). "
              + "Options come before variables, variables before the file.")
  @SuppressWarnings("UnusedVariable") // ConfigFile reads it before the others
  private @Nullable Path config;

  /** Runs until it is told to stop. */
  public static void main(String[] arguments) {
    // Undertow and XNIO log through this; it must be chosen before they are loaded.
    System.setProperty("org.jboss.logging.provider", "slf4j");
    preloadStore(arguments);
    int status = run(arguments);
    if (status != 0) {
      System.exit(status);
    }
  }

  private static int run(String[] arguments) {
    try {
      return commandLine(ConfigFile.of(arguments, System.getenv())).execute(arguments);
    } catch (StartException e) {
      System.err.println(e.getMessage());
      return CANNOT_START;
    }
  }

  static CommandLine commandLine(ConfigFile file) {
    CommandLine line =
        new CommandLine(new Main())
            .setDefaultValueProvider(file)
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setUsageHelpLongOptionsMaxWidth(HELP_OPTIONS_WIDTH)
            .setUsageHelpWidth(HELP_WIDTH)
            .setParameterExceptionHandler(Main::explain);
    file.check(line);
    return line;
  }

  private static void preloadStore(String[] arguments) {
    // SLF4J complains when two threads meet in its own initialisation: this one goes first.
    var unused = LoggerFactory.getILoggerFactory();
    Thread thread =
        new Thread(
            () -> NativeLibrary.preload(ConfigFile.data(arguments, System.getenv())),
            "langfuse4j-preload");
    thread.setDaemon(true);
    // What fails here fails again, and is said, where the store is opened; a mistake on the command
    // line ends the process while this runs, which is no failure at all.
    thread.setUncaughtExceptionHandler((failed, cause) -> {});
    thread.start();
  }

  @Override
  public Integer call() throws InterruptedException {
    LangfuseServer server;
    try {
      server =
          LangfuseServer.builder(data)
              .ownProcess()
              .host(host)
              .port(port)
              .clickHouse(clickHouse(store, clickHouseUrl, clickHouseCluster, System.getenv()))
              .metadata(metadata(metadataUrl, System.getenv()))
              .requireKeys(requireKeys)
              .project(project(System.getenv()))
              .organization(organization(System.getenv()))
              .keep(keepDays == null ? null : Duration.ofDays(keepDays))
              .keepBytes(keepMegabytes == null ? Long.MAX_VALUE : (long) keepMegabytes << 20)
              .mediaOnS3(media.s3(System.getenv()))
              .mediaLimit(media.limit(System.getenv()))
              .requestLog(requestLog)
              .start();
    } catch (StartException e) {
      System.err.println(e.getMessage());
      return CANNOT_START;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "langfuse4j-shutdown"));
    System.out.println(
        "Langfuse4j is ready at " + server.url() + " after " + millisSinceStart() + " ms");
    IdleMemory.giveBack();
    stopped.await();
    return 0;
  }

  private static int explain(CommandLine.ParameterException e, String[] arguments) {
    System.err.println(e.getMessage() + ". Try --help.");
    return e.getCommandLine().getCommandSpec().exitCodeOnInvalidInput();
  }

  static Project project(Map<String, String> environment) {
    Project local = Project.LOCAL;
    return new Project(
        environment.getOrDefault("LANGFUSE_INIT_PROJECT_ID", local.id()),
        environment.getOrDefault("LANGFUSE_INIT_PROJECT_NAME", local.name()),
        environment.getOrDefault("LANGFUSE_INIT_PROJECT_PUBLIC_KEY", local.publicKey()),
        environment.getOrDefault("LANGFUSE_INIT_PROJECT_SECRET_KEY", local.secretKey()));
  }

  /** Null for the embedded store. */
  static @Nullable ClickHouseSettings clickHouse(
      String store,
      @Nullable String url,
      @Nullable String cluster,
      Map<String, String> environment) {
    if (EMBEDDED.equals(store)) {
      if (url != null || cluster != null) {
        throw new StartException(
            "--clickhouse-url and --clickhouse-cluster need --store clickhouse.");
      }
      return null;
    }
    if (!"clickhouse".equals(store)) {
      throw new StartException("--store must be embedded or clickhouse, not " + store + ".");
    }
    if (url == null) {
      throw new StartException(
          "--store clickhouse needs --clickhouse-url, such as http://clickhouse:8123.");
    }
    try {
      return ClickHouseSettings.of(url, cluster, environment);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Null for the data folder. */
  static @Nullable PostgresSettings metadata(
      @Nullable String url, Map<String, String> environment) {
    try {
      return url == null || url.isBlank() ? null : PostgresSettings.of(url.strip(), environment);
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  /** The keys that manage projects, if there are any. */
  static @Nullable Project organization(Map<String, String> environment) {
    String secret = environment.getOrDefault("LANGFUSE4J_ORGANIZATION_SECRET_KEY", "");
    return secret.isBlank() ? null : new Project("organization", "Organization", "", secret);
  }

  private static long millisSinceStart() {
    return System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
  }

  /** What {@code --version} prints. */
  static final class VersionText implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"langfuse4j-server " + Version.current()};
    }
  }
}
