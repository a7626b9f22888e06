package io.langfuse4j.examples.helpdesk;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.chat.ProviderException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the help desk from the command line. */
@Command(
    name = "helpdesk",
    defaultValueProvider = OptionDefaults.class,
    description = {
      "Lets two customers ask ten questions, and traces how a help desk answers them.",
      "",
      "Traces go where LANGFUSE_PUBLIC_KEY, LANGFUSE_SECRET_KEY and LANGFUSE_BASE_URL say,"
          + " or to a server on port 3000 of this machine.",
      ""
    },
    footer = {
      "",
      "Each option can also be given as a system property (-Dhelpdesk.base-url=…) or as a"
          + " variable (HELPDESK_BASE_URL=…).",
      "Exit code 0 means that every question was answered and every trace delivered."
    })
public final class Main implements Callable<Integer> {
  private static final int DEFAULT_PORT = 3000;

  /** A local server accepts any key. */
  private static final String LOCAL_KEY = "helpdesk";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this text and exit.")
  @SuppressWarnings("unused") // read by picocli
  private boolean help;

  @Option(
      names = "--base-url",
      paramLabel = "URL",
      description = {
        "Provider that speaks OpenAI's protocol, for example http://localhost:11434/v1 for Ollama.",
        "Without it a small model that only quotes answers, in this process."
      })
  private @Nullable URI baseUrl;

  @Option(names = "--model", paramLabel = "NAME", description = "Model to ask that provider for.")
  private @Nullable String model;

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      description = "Key for that provider, if needed.")
  private @Nullable String apiKey;

  @Option(names = "--verify", description = "Read every trace back from Langfuse at the end.")
  private boolean verify;

  @Option(
      names = "--with-server",
      paramLabel = "JAR",
      description = "Start this Langfuse4j server first, trace to it and verify.")
  private @Nullable Path serverJar;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port of that server; without it 3000, or a free one if that is taken.")
  private @Nullable Integer port;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where that server keeps its data; without it ${DEFAULT-VALUE}.")
  private Path data = Path.of("langfuse-data");

  @Option(names = "--once", description = "Stop that server at the end.")
  private boolean once;

  private final Transcript transcript = new Transcript(System.out);

  /** Runs the command and ends the process. */
  public static void main(String[] arguments) {
    CommandLine command = new CommandLine(new Main());
    command.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          if (e instanceof ProviderException || e instanceof IOException) {
            System.err.println(e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
          }
          throw e; // a bug, so with its stack trace
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (baseUrl != null && model == null) {
      System.err.println("--base-url needs --model, for example --model llama3.2");
      return CommandLine.ExitCode.USAGE;
    }
    return serverJar == null ? runAlone() : runWithServer(serverJar);
  }

  private int runAlone() {
    try (Langfuse langfuse = Langfuse.get()) {
      return run(langfuse, verify ? TraceReader.fromEnvironment() : null);
    }
  }

  private int runWithServer(Path jar) throws IOException, InterruptedException {
    try (ServerProcess server = ServerProcess.start(jar, data, choosePort(), transcript::note)) {
      int exitCode = runAgainst(server.baseUrl());
      if (!once) {
        transcript.note(
            "The server stays up at " + server.baseUrl() + " until Ctrl-C; its data is in " + data);
        server.await();
      }
      return exitCode;
    }
  }

  private int runAgainst(URI server) {
    try (Langfuse langfuse =
        Langfuse.builder()
            .baseUrl(server.toString())
            .publicKey(LOCAL_KEY)
            .secretKey(LOCAL_KEY)
            .build()) {
      return run(langfuse, new TraceReader(server, LOCAL_KEY, LOCAL_KEY, Duration.ofSeconds(5)));
    }
  }

  private int run(Langfuse langfuse, @Nullable TraceReader reader) {
    try (Demo demo = demo(langfuse)) {
      boolean complete = new DemoRun(langfuse, demo, reader, transcript).run();
      return complete ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }
  }

  private Demo demo(Langfuse langfuse) {
    return baseUrl == null || model == null
        ? Demo.offline(langfuse)
        : Demo.online(langfuse, baseUrl, apiKey, model);
  }

  private int choosePort() {
    if (port != null) {
      return port;
    }
    if (!ServerProcess.isTaken(DEFAULT_PORT)) {
      return DEFAULT_PORT;
    }
    transcript.note("Port " + DEFAULT_PORT + " is taken by another program; using a free one.");
    return 0;
  }
}
