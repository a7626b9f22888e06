package io.langfuse4j.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Starts JVMs with the packaged agent, alone and beside OpenTelemetry's. */
class AgentIT {

  private static final String AGENT = System.getProperty("agent.jar");
  private static final String OURS = "-javaagent:" + AGENT;
  private static final List<Class<?>> INSIDE =
      List.of(
          AgentContract.class,
          AgentAsyncContract.class,
          AgentKotlinContract.class,
          CarriedContextContract.class,
          AsyncMethodsContract.class);

  @TempDir Path directory;

  static Stream<Path> jdks() {
    Stream<String> more = Arrays.stream(System.getProperty("test.jdks", "").split(":"));
    return Stream.concat(Stream.of(System.getProperty("java.home")), more)
        .filter(home -> !home.isBlank())
        .map(Path::of);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void alone_keepsTheContract(Path jdk) throws Exception {
    run("alone", jdk, List.of(OURS, "-Dio.opentelemetry.context.enableStrictContext=true"));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void beforeOpenTelemetrysAgent_keepsTheContract(Path jdk) throws Exception {
    run("before-opentelemetry", jdk, List.of(OURS, opentelemetry()));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void afterOpenTelemetrysAgent_keepsTheContract(Path jdk) throws Exception {
    run("after-opentelemetry", jdk, List.of(opentelemetry(), OURS));
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void attachedToTheRunningJvm_keepsTheContract(Path jdk) throws Exception {
    String classPath = applicationClassPath() + File.pathSeparator + AGENT;
    run("attached", jdk, List.of(), classPath, AttachingMain.class);
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

  /** The application has the SDK, and nothing of the agent. */
  private static String applicationClassPath() {
    return classPath()
        .filter(e -> !e.contains("opentelemetry-javaagent") && !e.contains("byte-buddy"))
        .filter(
            e ->
                !e.contains("weaving")
                    && !e.endsWith(
                        "javaagent" + File.separator + "target" + File.separator + "classes"))
        .filter(e -> !e.endsWith(new File(AGENT).getName()))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private void run(String scenario, Path jdk, List<String> options)
      throws IOException, InterruptedException {
    run(scenario, jdk, options, applicationClassPath(), InsideMain.class);
  }

  private void run(String scenario, Path jdk, List<String> options, String classPath, Class<?> main)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(jdk.resolve("bin").resolve("java").toString());
    command.add("-Dotel.traces.exporter=none");
    command.add("-Dotel.metrics.exporter=none");
    command.add("-Dotel.logs.exporter=none");
    command.add("-Dcontract.variant=" + scenario);
    // Structured task scopes are a preview.
    command.add("--enable-preview");
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    INSIDE.stream().map(Class::getName).forEach(command::add);
    Path output = directory.resolve("output.txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();

    boolean ended = process.waitFor(5, TimeUnit.MINUTES);
    process.destroyForcibly();

    String said = Files.readString(output, StandardCharsets.UTF_8);
    assertThat(ended).as(said).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).containsPattern("SUCCEEDED [1-9]");
  }
}
