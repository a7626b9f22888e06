package io.langfuse4j.instrumentation.adk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.adk.agents.BaseAgent;
import com.google.adk.agents.LlmAgent;
import com.google.adk.agents.SequentialAgent;
import com.google.adk.events.Event;
import com.google.adk.models.Gemini;
import com.google.adk.runner.InMemoryRunner;
import com.google.adk.runner.Runner;
import com.google.adk.sessions.BaseSessionService;
import com.google.adk.sessions.InMemorySessionService;
import com.google.adk.tools.Annotations.Schema;
import com.google.adk.tools.FunctionTool;
import com.google.genai.Client;
import com.google.genai.types.Content;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.google.genai.types.Part;
import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.genai.LangfuseGoogleGenAI;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.reactivex.rxjava3.core.Single;
import io.reactivex.rxjava3.subjects.CompletableSubject;
import io.reactivex.rxjava3.subscribers.TestSubscriber;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** ADK's own spans, of agents that ask Gemini over real HTTP, as they reach Langfuse. */
@Integrates(
    library = "google-adk",
    operation = "Runner.runAsync",
    way = "plugin",
    without = {
      "TRANSPORT_ERROR: ADK ends its own spans, all errors alike",
      "CUT: ADK ends its own spans, all errors alike",
      "CANCELLED: ADK ends its own spans",
      "ABANDONED: an invocation that is not subscribed to does not start"
    })
class GoogleAdkTest extends TracedTest {

  private static final String CALLS_WEATHER =
      "{\"functionCall\":{\"name\":\"weather\",\"args\":{\"city\":\"Paris\"}}}";

  private static final Content QUESTION = Content.fromParts(Part.fromText("Weather in Paris?"));

  /** A tool, which ADK calls by reflection. */
  public static final class Tools {
    private Tools() {}

    public static Map<String, Object> weather(@Schema(name = "city") String city) {
      return Map.of("in", city);
    }
  }

  @Test
  @Shows({Outcome.OK, Outcome.TOOL_CALL})
  void agentWithTool_isATreeWithContentUsageUserAndSession() {
    answers(CALLS_WEATHER, 30, 15);
    answers("{\"text\":\"Clear.\"}", 40, 5);

    String session = ask(forecaster(client()), langfuse);

    String tool = toolSpan();
    assertThat(tree())
        .isEqualTo(
            """
            invocation
              invoke_agent forecaster
                call_llm
                  %s
                call_llm
            """
                .formatted(tool));
    assertThat(sent())
        .allSatisfy(span -> assertThat(span.scopeName()).isEqualTo("gcp.vertex.agent"))
        .filteredOn(span -> !isOlder(tool) || span.name().startsWith("invo"))
        .hasSizeGreaterThan(1)
        .allSatisfy(
            span -> {
              assertThat(span.attributes())
                  .containsEntry("user.id", "ada")
                  .containsEntry("session.id", session);
            });
    for (String name : List.of("invocation", "invoke_agent forecaster")) {
      assertThat(sink.span(name).observation("input")).isEqualTo("Weather in Paris?");
      assertThat(sink.span(name).observation("output")).isEqualTo("Clear.");
    }
    assertThat(sink.span(tool).attributes())
        .containsEntry("gen_ai.operation.name", "execute_tool")
        .containsEntry("gen_ai.tool.name", "weather")
        .containsEntry("gcp.vertex.agent.tool_call_args", "{\"city\":\"Paris\"}")
        .containsEntry("gcp.vertex.agent.tool_response", "{\"in\":\"Paris\"}");
    assertThat(calls().get(0).attributes())
        .containsEntry("gen_ai.operation.name", "call_llm")
        .containsEntry("gen_ai.request.model", "gemini-2.5-flash")
        .containsEntry("gen_ai.usage.input_tokens", 30L)
        .containsEntry("gen_ai.usage.output_tokens", 15L)
        .hasEntrySatisfying(
            "gcp.vertex.agent.llm_request",
            request -> assertThat((String) request).contains("Weather in Paris?", "Be brief."))
        .hasEntrySatisfying(
            "gcp.vertex.agent.llm_response",
            response -> assertThat((String) response).contains("functionCall"));
  }

  @Test
  void clientThatIsTracedToo_recordsEachCallOnce() {
    answers("{\"text\":\"Clear.\"}", 40, 5);

    ask(
        forecaster(
            held(
                builder()
                    .clientOptions(LangfuseGoogleGenAI.builder(langfuse).clientOptions())
                    .build())),
        langfuse);

    assertThat(tree())
        .isEqualTo(
            """
            invocation
              invoke_agent forecaster
                call_llm
            """);
  }

  @Test
  void agentsInSequence_haveTheirOwnAnswers() {
    answers("{\"text\":\"A draft.\"}", 10, 2);
    answers("{\"text\":\"Edited.\"}", 12, 1);
    Client client = client();

    ask(
        SequentialAgent.builder()
            .name("desk")
            .subAgents(agent("author", client), agent("editor", client))
            .build(),
        langfuse);

    sent();
    assertThat(sink.span("invoke_agent author").observation("output")).isEqualTo("A draft.");
    assertThat(sink.span("invoke_agent editor").observation("output")).isEqualTo("Edited.");
    assertThat(sink.span("invocation").observation("output")).isEqualTo("Edited.");
  }

  @Test
  void eventThatIsStoredWhenItsAgentHasEnded_isStillTheAnswer() {
    answers("{\"text\":\"Clear.\"}", 40, 5);
    CompletableSubject storage = CompletableSubject.create();
    Runner runner =
        Runner.builder()
            .agent(forecaster(client()))
            .appName("app")
            .sessionService(storing(storage))
            .plugins(List.of(LangfuseADK.plugin(langfuse)))
            .build();
    String session = newSession(runner);

    TestSubscriber<Event> events = runner.runAsync("ada", session, QUESTION).test();
    assertThat(sent()).extracting(RecordedSpan::name).contains("invoke_agent forecaster");
    storage.onComplete();

    events.assertComplete();
    assertThat(sent()).hasSize(3);
    for (String name : List.of("invocation", "invoke_agent forecaster")) {
      assertThat(sink.span(name).observation("input")).isEqualTo("Weather in Paris?");
      assertThat(sink.span(name).observation("output")).isEqualTo("Clear.");
    }
  }

  /** Keeps the events of agents waiting for {@code storage}, as a database does. */
  private static BaseSessionService storing(CompletableSubject storage) {
    InMemorySessionService memory = new InMemorySessionService();
    return (BaseSessionService)
        Proxy.newProxyInstance(
            GoogleAdkTest.class.getClassLoader(),
            new Class<?>[] {BaseSessionService.class},
            (proxy, method, arguments) ->
                method.getName().equals("appendEvent")
                        && !((Event) arguments[1]).author().equals("user")
                    ? storage.andThen((Single<?>) method.invoke(memory, arguments))
                    : method.invoke(memory, arguments));
  }

  @Test
  @Shows(Outcome.PROVIDER_ERROR)
  void refusal_isAnErrorAndReachesTheApplication() {
    provider.json(
        400, "{\"error\":{\"code\":400,\"message\":\"No.\",\"status\":\"INVALID_ARGUMENT\"}}");

    Throwable thrown = catchThrowable(() -> ask(forecaster(client()), langfuse));

    assertThat(thrown).hasStackTraceContaining("No.");
    assertThat(sent()).extracting(RecordedSpan::name).contains("invocation", "call_llm");
    assertThat(sink.span("call_llm").statusCode()).isEqualTo(2);
  }

  @Test
  @SuppressWarnings("try") // the scope is the point
  void whatTheApplicationPropagates_stays() {
    answers("{\"text\":\"Clear.\"}", 40, 5);

    try (PropagationScope scope = Langfuse.propagateAttributes(a -> a.userId("someone"))) {
      ask(forecaster(client()), langfuse);
    }

    assertThat(sent()).extracting(span -> span.attributes().get("user.id")).containsOnly("someone");
  }

  @Test
  void withoutContent_nothingOfItLeaves() {
    answers("{\"text\":\"Clear.\"}", 40, 5);
    Langfuse quiet = client(false);

    ask(forecaster(client()), quiet);

    assertThat(sent()).hasSize(3);
    assertThat(sent().toString()).doesNotContain("Paris", "Clear.", "Be brief.");
  }

  @Test
  void switchedOff_leavesTheAgentAlone() {
    answers("{\"text\":\"Clear.\"}", 40, 5);

    try (Langfuse off = Langfuse.builder().tracingEnabled(false).build()) {
      ask(forecaster(client()), off);
    }
    assertThat(provider.requests()).hasSize(1);
  }

  private void answers(String part, int read, int written) {
    provider.json(
        200,
        "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":["
            + part
            + "]},\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":"
            + read
            + ",\"candidatesTokenCount\":"
            + written
            + "},\"modelVersion\":\"gemini-2.5-flash-002\"}");
  }

  private Client client() {
    return held(builder().build());
  }

  /** A client that tries once. */
  private Client.Builder builder() {
    return Client.builder()
        .apiKey("key")
        .httpOptions(
            HttpOptions.builder()
                .baseUrl(provider.url())
                .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                .build());
  }

  private static LlmAgent forecaster(Client client) {
    return agentBuilder("forecaster", client)
        .tools(FunctionTool.create(Tools.class, "weather"))
        .build();
  }

  private static LlmAgent agent(String name, Client client) {
    return agentBuilder(name, client).build();
  }

  private static LlmAgent.Builder agentBuilder(String name, Client client) {
    return LlmAgent.builder()
        .name(name)
        .instruction("Be brief.")
        .model(Gemini.builder().modelName("gemini-2.5-flash").apiClient(client).build());
  }

  /** The id of the session. */
  private static String ask(BaseAgent agent, Langfuse langfuse) {
    return ask(new InMemoryRunner(agent, "app", List.of(LangfuseADK.plugin(langfuse))));
  }

  private static String ask(Runner runner) {
    String session = newSession(runner);
    assertThat(runner.runAsync("ada", session, QUESTION).toList().blockingGet()).isNotEmpty();
    return session;
  }

  private static String newSession(Runner runner) {
    return runner.sessionService().createSession("app", "ada").blockingGet().id();
  }

  /** Whose callbacks before calls and tools come before their spans. */
  private static boolean isOlder(String toolSpan) {
    return toolSpan.contains("[");
  }

  /** Older versions put the name in brackets. */
  private String toolSpan() {
    return sent().stream()
        .map(RecordedSpan::name)
        .filter(name -> name.matches("execute_tool \\[?weather]?"))
        .findAny()
        .orElseThrow();
  }

  private List<RecordedSpan> calls() {
    return sent().stream()
        .filter(span -> span.name().equals("call_llm"))
        .sorted(Comparator.comparingLong(RecordedSpan::startNanos))
        .toList();
  }

  private String tree() {
    return lines(sent(), "", "");
  }

  private static String lines(List<RecordedSpan> spans, String parent, String indent) {
    return spans.stream()
        .filter(span -> span.parentSpanId().equals(parent))
        .sorted(Comparator.comparingLong(RecordedSpan::startNanos))
        .map(span -> indent + span.name() + "\n" + lines(spans, span.spanId(), indent + "  "))
        .collect(Collectors.joining());
  }
}
