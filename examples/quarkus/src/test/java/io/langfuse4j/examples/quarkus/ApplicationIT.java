package io.langfuse4j.examples.quarkus;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.langfuse4j.api.Observation;
import io.langfuse4j.api.Trace;
import io.langfuse4j.junit.LangfuseServerExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
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
    String printed = run(Map.of());

    assertThat(printed).contains("LLM response");
    Trace trace = onlyTrace("myLlmPipeline");
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

  @Test
  void question_isAskedByAClientThatIsABean_andTheModelsCallIsAGeneration() throws Exception {
    HttpServer model = model();
    try {
      String url = "http://127.0.0.1:" + model.getAddress().getPort();
      String printed = run(Map.of("OPENAI_API_KEY", "sk-test", "OPENAI_BASE_URL", url), "Hello?");

      assertThat(printed).contains("Hello Ada.");
    } finally {
      model.stop(0);
    }
    Trace trace = onlyTrace("answer");
    Observation generation = only(trace, "GENERATION");
    assertThat(generation.parentObservationId()).isEqualTo(only(trace, "SPAN").id());
    assertThat(generation.model()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(generation.usageDetails().fields())
        .containsEntry("input", 9)
        .containsEntry("output", 3);
    assertThat(generation.input()).asString().contains("Hello?");
    assertThat(generation.output()).asString().contains("Hello Ada.");
    assertThat(only(trace, "SPAN").output()).isEqualTo("Hello Ada.");
  }

  private static Observation only(Trace trace, String type) {
    List<Observation> found =
        trace.observations().stream().filter(each -> each.type().equals(type)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  /** Answers everything as OpenAI's chat completions do. */
  private static HttpServer model() throws IOException {
    String completion =
        """
        {"id": "chatcmpl-1", "object": "chat.completion", "created": 1763700000,
         "model": "gpt-4o-2024-08-06",
         "choices": [{"index": 0, "finish_reason": "stop", "logprobs": null,
                      "message": {"role": "assistant", "content": "Hello Ada.", "refusal": null}}],
         "usage": {"prompt_tokens": 9, "completion_tokens": 3, "total_tokens": 12}}
        """;
    HttpServer model =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    model.createContext(
        "/",
        exchange -> {
          byte[] body = completion.getBytes(StandardCharsets.UTF_8);
          exchange.getRequestBody().readAllBytes();
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    model.start();
    return model;
  }

  private static String run(Map<String, String> variables, String... arguments)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of(java(), "-jar", "target/quarkus-app/quarkus-run.jar"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(variables);
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

  private static Trace onlyTrace(String name) {
    List<Trace> traces =
        server.client().api().traces().list(query -> query.name(name)).stream().toList();
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
