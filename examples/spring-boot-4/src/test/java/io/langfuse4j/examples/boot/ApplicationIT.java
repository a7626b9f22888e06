package io.langfuse4j.examples.boot;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.api.Observation;
import io.langfuse4j.api.Trace;
import io.langfuse4j.junit.LangfuseServerExtension;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The packaged application, started as its users start it, and the trace that it leaves. */
class ApplicationIT {

  @RegisterExtension static final LangfuseServerExtension server = new LangfuseServerExtension();

  /** What is left of a call. */
  private record Call(String type, String name, String caller, Object input, Object output) {}

  @Test
  void application_runs_leavesTheTreeOfItsCalls() throws Exception {
    String printed = run(java(), "-jar", "target/application.jar");

    assertThat(printed).contains("LLM response");
    Trace trace = onlyTrace();
    assertThat(trace.name()).isEqualTo("myLlmPipeline");
    assertThat(trace.userId()).isEqualTo("user_123");
    assertThat(trace.sessionId()).isEqualTo("session_abc");
    assertThat(trace.metadata())
        .asInstanceOf(InstanceOfAssertFactories.MAP)
        .containsEntry("pipeline", "main");
    assertThat(calls(trace))
        .containsExactlyInAnyOrder(
            new Call(
                "SPAN",
                "myLlmPipeline",
                null,
                Map.of("userId", "user_123", "sessionId", "session_abc"),
                "LLM response"),
            new Call(
                "SPAN",
                "fetch-data",
                "myLlmPipeline",
                Map.of("source", "API"),
                "some data from API"),
            new Call(
                "SPAN",
                "myDataProcessingFunction",
                "myLlmPipeline",
                Map.of("data", "some data from API", "parameter", "short"),
                Map.of("processed_data", "some data from API", "status", "ok")),
            new Call("SPAN", "signIn", "myLlmPipeline", null, null),
            new Call(
                "GENERATION",
                "llm-call",
                "myLlmPipeline",
                Map.of("promptText", "some data from API"),
                "LLM response"));
    assertThat(trace.observations())
        .filteredOn(observation -> "fetch-data".equals(observation.name()))
        .allSatisfy(
            observation ->
                assertThat(observation.metadata())
                    .asInstanceOf(InstanceOfAssertFactories.MAP)
                    .containsEntry("source", "API"));
  }

  private static String run(String... command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("LANGFUSE_BASE_URL", server.url());
    builder.environment().put("LANGFUSE_PUBLIC_KEY", "pk-lf-example");
    builder.environment().put("LANGFUSE_SECRET_KEY", "sk-lf-example");
    Process application = builder.redirectErrorStream(true).start();
    byte[] printed = application.getInputStream().readAllBytes();
    String text = new String(printed, StandardCharsets.UTF_8);
    assertThat(application.waitFor()).as(text).isZero();
    return text;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static Trace onlyTrace() {
    List<Trace> traces = server.client().api().traces().list(query -> {}).stream().toList();
    assertThat(traces).hasSize(1);
    return server.client().api().traces().get(traces.get(0).id());
  }

  private static List<Call> calls(Trace trace) {
    Map<String, String> names = new HashMap<>();
    for (Observation each : trace.observations()) {
      names.put(each.id(), each.name());
    }
    return trace.observations().stream()
        .map(
            each ->
                new Call(
                    each.type(),
                    each.name(),
                    names.get(each.parentObservationId()),
                    each.input(),
                    each.output()))
        .toList();
  }
}
