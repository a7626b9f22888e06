package io.langfuse4j.examples.helpdesk.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.examples.helpdesk.Main;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Starts the help desk in each variant, as a user does, and compares all that arrives. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameTracesIT {

  private static final String TEN_QUESTIONS =
      """
      agent
        retriever
        generation
        tool
        generation
      agent
        retriever
        generation
      agent
        retriever
        generation
      agent
        retriever
        generation
        tool
        generation
      agent
        retriever
        retriever
        retriever
        generation
      agent
        retriever
        generation
      agent
        retriever
        generation
        tool ERROR
        tool WARNING
        generation
      agent
        retriever
        generation ERROR
        generation ERROR
        generation
      agent
        retriever
        generation
      agent
        retriever
        generation
      """;

  private Path directory;
  private List<RecordedSpan> openAI;

  @BeforeAll
  void runWithOpenAI(@TempDir Path shared) throws Exception {
    directory = shared;
    openAI = run(OpenAIHelpDesk.class);
  }

  @Test
  void openAI_isTracedAsTheClientThatIsTracedByHand() throws Exception {
    List<RecordedSpan> byHand = run(Main.class);

    assertThat(TraceText.shape(openAI)).isEqualTo(TEN_QUESTIONS);
    assertThat(TraceText.shape(byHand)).isEqualTo(TEN_QUESTIONS);
  }

  @Test
  void langChain4j_isTracedAsOpenAI() throws Exception {
    assertThat(TraceText.of(run(LangChain4jHelpDesk.class))).isEqualTo(TraceText.of(openAI));
  }

  @Test
  void agentAlone_tracesAsTheWrappedClient() throws Exception {
    List<RecordedSpan> spans = run(AgentHelpDesk.class, "-javaagent:" + agent());

    assertThat(TraceText.of(spans)).isEqualTo(TraceText.of(openAI));
  }

  /** Without a chat client, Spring AI tells nobody when the first token comes. */
  @Test
  void springAI_isTracedAsOpenAIButForTheFirstToken() throws Exception {
    assertThat(TraceText.of(run(SpringHelpDesk.class)))
        .isEqualTo(TraceText.of(openAI).replace(" streamed=true", ""));
  }

  @Test
  void withoutTheAgent_generationsAreMissing() throws Exception {
    assertThat(run(AgentHelpDesk.class))
        .extracting(RecordedSpan::type)
        .doesNotContain("generation");
  }

  private List<RecordedSpan> run(Class<?> program, String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-XX:TieredStopAtLevel=1");
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", classPath(), program.getName()));
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    try (OtlpSink sink = new OtlpSink()) {
      builder.environment().put("LANGFUSE_BASE_URL", sink.url());
      builder.environment().put("LANGFUSE_PUBLIC_KEY", "pk");
      builder.environment().put("LANGFUSE_SECRET_KEY", "sk");
      Process process = builder.start();
      boolean ended = process.waitFor(90, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly();
      }
      assertThat(ended ? process.exitValue() : -1).as(Files.readString(output)).isZero();
      return sink.spans();
    }
  }

  private static String classPath() {
    return entries()
        .filter(entry -> !isAgent(entry))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static String agent() {
    return entries().filter(SameTracesIT::isAgent).findFirst().orElseThrow();
  }

  private static boolean isAgent(String entry) {
    return Path.of(entry).getFileName().toString().startsWith("langfuse4j-javaagent");
  }

  private static Stream<String> entries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }
}
