package io.langfuse4j.extension;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.ChildJvm;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shaded jar in a JVM with OpenTelemetry's real agent. */
@Requirement("R147")
class AgentExtensionIT {

  private final OtlpSink langfuse = new OtlpSink();
  private final OtlpSink others = new OtlpSink();

  @AfterEach
  void close() {
    langfuse.close();
    others.close();
  }

  private static Path agentJar() {
    return Arrays.stream(
            System.getProperty("java.class.path").split(System.getProperty("path.separator")))
        .map(Path::of)
        .filter(path -> path.getFileName().toString().startsWith("opentelemetry-javaagent-"))
        .findFirst()
        .orElseThrow();
  }

  private ChildJvm.Result run(Map<String, String> more) {
    Map<String, String> environment = new HashMap<>();
    environment.put(
        "JAVA_TOOL_OPTIONS",
        "-javaagent:"
            + agentJar()
            + " -Dotel.javaagent.extensions="
            + System.getProperty("extension.jar"));
    environment.put("LANGFUSE_PUBLIC_KEY", "pk");
    environment.put("LANGFUSE_SECRET_KEY", "sk");
    environment.put("LANGFUSE_BASE_URL", langfuse.url());
    environment.put("OTEL_TRACES_EXPORTER", "otlp");
    environment.put("OTEL_METRICS_EXPORTER", "none");
    environment.put("OTEL_LOGS_EXPORTER", "none");
    environment.put("OTEL_EXPORTER_OTLP_ENDPOINT", others.url());
    environment.put("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
    environment.putAll(more);
    return ChildJvm.run(Application.class, environment, others.url());
  }

  private static List<String> paths(OtlpSink sink) {
    return sink.requests().stream().map(OtlpSink.Request::path).distinct().toList();
  }

  @Test
  void agentWithExtension_sendsLlmSpansAndTheClientsObservationsAsOneTrace() {
    ChildJvm.Result result = run(Map.of());

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(langfuse.names())
        .as(result.output())
        .containsExactlyInAnyOrder("observation", "chat");
    RecordedSpan chat = langfuse.span("chat");
    assertThat(chat.scopeName()).isEqualTo("litellm");
    assertThat(chat.traceId()).isEqualTo(langfuse.span("observation").traceId());
    assertThat(others.names()).contains("request", "chat").doesNotContain("observation");
    assertThat(paths(langfuse)).containsExactly("/api/public/otel/v1/traces");
  }

  @Test
  void ownRequests_areNotTraced() {
    run(Map.of());

    assertThat(others.spans())
        .extracting(span -> span.attributes().get("url.full"))
        .filteredOn(url -> url != null && url.toString().startsWith(langfuse.url()))
        .isEmpty();
  }

  @Test
  void extensionSwitchedOff_leavesTheAgentAlone() {
    ChildJvm.Result result = run(Map.of("OTEL_LANGFUSE_ENABLED", "false"));

    assertThat(result.exitCode()).as(result.output()).isZero();
    assertThat(langfuse.names()).containsExactly("observation");
    assertThat(others.names()).contains("request", "chat");
  }

  @Test
  void jar_bringsNoOpenTelemetryAndNoJacksonUnderItsName() throws Exception {
    try (java.util.jar.JarFile jar =
            new java.util.jar.JarFile(System.getProperty("extension.jar"));
        Stream<java.util.jar.JarEntry> entries = jar.stream()) {
      assertThat(
              entries.map(java.util.jar.JarEntry::getName).filter(name -> name.endsWith(".class")))
          .allMatch(name -> name.startsWith("io/langfuse4j/"));
    }
    assertThat(Files.size(Path.of(System.getProperty("extension.jar")))).isLessThan(4L << 20);
  }
}
