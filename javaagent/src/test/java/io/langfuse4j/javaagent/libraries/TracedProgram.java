package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts an application that has nothing of Langfuse, with agents and a provider to talk to. */
final class TracedProgram implements AutoCloseable {

  static final String OURS = "-javaagent:" + System.getProperty("agent.jar");

  final StubProvider provider = new StubProvider();
  final OtlpSink sink = new OtlpSink();

  private String openTelemetry = "(none)";

  /** For a library that brings it. */
  TracedProgram withOpenTelemetrysApi() {
    openTelemetry = "(api|context)";
    return this;
  }

  /** For a library that brings its SDK. */
  TracedProgram withOpenTelemetry() {
    openTelemetry = "(api|context|common|sdk|sdk-\\w+)";
    return this;
  }

  /** What it printed; it must have ended well. */
  String run(Class<?> program, String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dotel.traces.exporter=none");
    command.add("-Dotel.metrics.exporter=none");
    command.add("-Dotel.logs.exporter=none");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", applicationClassPath(), program.getName()));
    command.add(provider.url());
    Path output = Files.createTempFile("langfuse4j-program", ".txt");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
      builder.environment().put("LANGFUSE_PUBLIC_KEY", "pk");
      builder.environment().put("LANGFUSE_SECRET_KEY", "sk");
      builder.environment().put("LANGFUSE_BASE_URL", sink.url());
      Process process = builder.start();
      boolean ended = process.waitFor(120, TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as(said).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      return said;
    } finally {
      Files.delete(output);
    }
  }

  /** The option for an agent that is on our class path. */
  static String agent(String artifact) {
    return "-javaagent:" + classPath().filter(e -> e.contains(artifact)).findAny().orElseThrow();
  }

  private static Stream<String> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator));
  }

  /** The program and its library, and nothing of Langfuse or the agents. */
  private String applicationClassPath() {
    Path program = Path.of("target", "test-classes").toAbsolutePath();
    Stream<String> library =
        classPath()
            .filter(e -> e.endsWith(".jar"))
            .filter(e -> !e.contains("langfuse4j"))
            .filter(e -> !e.contains("opentelemetry") || isWanted(e))
            .filter(e -> !e.contains("dd-java-agent"));
    return Stream.concat(Stream.of(program.toString()), library)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private boolean isWanted(String entry) {
    return entry.matches(".*/opentelemetry-" + openTelemetry + "-\\d[^/]*");
  }

  @Override
  public void close() {
    provider.close();
    sink.close();
  }
}
