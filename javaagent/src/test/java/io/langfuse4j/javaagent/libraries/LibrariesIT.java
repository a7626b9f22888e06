package io.langfuse4j.javaagent.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts applications that have nothing of Langfuse with the packaged agent. */
@Integrates(
    library = "openai-java",
    operation = "chat completions",
    way = "agent",
    without = {
      "TOOL_CALL: as by hand, the agent only wraps the client",
      "TRANSPORT_ERROR: as by hand, the agent only wraps the client",
      "CUT: as by hand, the agent only wraps the client",
      "CANCELLED: as by hand, the agent only wraps the client",
      "ABANDONED: as by hand, the agent only wraps the client"
    })
class LibrariesIT {

  private static final String OURS = "-javaagent:" + System.getProperty("agent.jar");

  private final StubProvider provider = new StubProvider();
  private final OtlpSink sink = new OtlpSink();

  @TempDir Path directory;

  @AfterEach
  void close() {
    provider.close();
    sink.close();
  }

  @Test
  @Shows({Outcome.OK, Outcome.PROVIDER_ERROR})
  void openAI_isTracedWithNoCode() throws Exception {
    String said = run(OURS);

    assertThat(said).contains("Hello Ada.", "6 chunks", "RateLimitException", "false false");
    assertThat(sink.spans()).hasSize(3).allSatisfy(LibrariesIT::isGeneration);
  }

  @Test
  void openAI_besideOpenTelemetrysAgent_isTracedOnce() throws Exception {
    String said = run(OURS, opentelemetry());

    assertThat(said).contains("Hello Ada.");
    assertThat(sink.spans()).hasSize(3).allSatisfy(LibrariesIT::isGeneration);
  }

  @Test
  void switchedOff_leavesTheLibraryAlone() throws Exception {
    String said = run(OURS + "=libraries=false");

    assertThat(said).contains("Hello Ada.");
    assertThat(sink.spans()).isEmpty();
  }

  private static void isGeneration(RecordedSpan span) {
    assertThat(span.name()).isEqualTo("OpenAI-generation");
    assertThat(span.observation("input").toString()).contains("Hello?");
  }

  private String run(String... options) throws IOException, InterruptedException {
    provider
        .json(200, ChatWire.completion(ChatWire.TEXT, "stop"))
        .events(ChatWire.textEvents())
        .json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Dotel.traces.exporter=none");
    command.add("-Dotel.metrics.exporter=none");
    command.add("-Dotel.logs.exporter=none");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", applicationClassPath(), OpenAIProgram.class.getName()));
    command.add(provider.url());
    Path output = directory.resolve("output.txt");
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
  }

  private static String opentelemetry() {
    return "-javaagent:"
        + classPath().filter(e -> e.contains("opentelemetry-javaagent")).findAny().orElseThrow();
  }

  private static Stream<String> classPath() {
    String all =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(all.split(File.pathSeparator));
  }

  /** The program and its library, and nothing of Langfuse, OpenTelemetry or the agent. */
  private static String applicationClassPath() {
    Path program = Path.of("target", "test-classes").toAbsolutePath();
    Stream<String> library =
        classPath()
            .filter(e -> e.endsWith(".jar"))
            .filter(e -> !e.contains("langfuse4j") && !e.contains("opentelemetry"));
    return Stream.concat(Stream.of(program.toString()), library)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
