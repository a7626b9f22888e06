package io.langfuse4j.instrumentation.springai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.trace.Span;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.client.ChatClientRequest;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.advisor.api.CallAdvisor;
import org.springframework.ai.chat.client.advisor.api.CallAdvisorChain;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.tool.annotation.Tool;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Chat clients, blocking and streaming. */
@Integrates(
    library = "spring-ai",
    operation = "ChatClient, called and streamed",
    way = "observation handler",
    without = "ABANDONED: a stream that is not subscribed to does not start")
@Integrates(
    library = "spring-ai",
    operation = "tools",
    way = "observation handler",
    without = {
      "TRANSPORT_ERROR: code of the application, all errors alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the chat waits for the result"
    })
class ChatClientTest extends TracedTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Tools. */
  public final class Weather {
    @Tool(name = "weather", description = "Weather of a city")
    public String weather(String city) {
      langfuse.startObservation("thermometer").end();
      if (city.equals("Rome")) {
        throw new IllegalStateException("No thermometer in Rome");
      }
      return "It is sunny.";
    }
  }

  private ChatClient client(Langfuse langfuse) {
    return client(langfuse, provider.url());
  }

  private static ChatClient client(Langfuse langfuse, String url) {
    return client(ChatModelTest.registry(langfuse), url);
  }

  private static ChatClient client(ObservationRegistry registry, String url) {
    return ChatClient.builder(OpenAiModels.chat(url, registry), registry, null, null)
        .defaultSystem("Be brief.")
        .defaultAdvisors(LangfuseSpringAI.streamAdvisor())
        .build();
  }

  private void answerWith(String... messages) {
    for (String message : messages) {
      provider.json(
          200,
          ChatWire.completion(message, message.contains("tool_calls") ? "tool_calls" : "stop"));
    }
  }

  private String tree() {
    return SpanTree.of(sent());
  }

  private static final String WITH_TOOL =
      """
      agent chat-client
        generation chat
        tool weather
          span thermometer
        generation chat
      """;

  @Test
  @Requirement({"R2", "R9"})
  @Shows(Outcome.OK)
  void call_isAChainWithItsModelCall() {
    answerWith(ChatWire.TEXT);

    assertThat(client(langfuse).prompt().user("Hello?").call().content()).isEqualTo("Hello Ada.");

    assertThat(tree()).isEqualTo("chain chat-client\n  generation chat\n");
    assertThat(fields(sink.span("chat-client")))
        .isEqualTo(
            Map.of(
                "type",
                "chain",
                "input",
                SpringAiDialect.question("Hello?"),
                "output",
                Map.of("role", "assistant", "content", "Hello Ada.")));
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  @Requirement("R9")
  @Shows(Outcome.TOOL_CALL)
  @Shows(
      value = {Outcome.OK, Outcome.TOOL_CALL},
      operation = "tools")
  void tools_areObservedWhileTheyRun_andKnowTheCallThatAskedForThem() {
    answerWith(ChatWire.TOOL_CALLS, ChatWire.TEXT);

    client(langfuse)
        .prompt()
        .user("What is the weather in Paris?")
        .tools(new Weather())
        .call()
        .content();

    assertThat(tree()).isEqualTo(WITH_TOOL);
    assertThat(fields(sink.span("weather")))
        .isEqualTo(
            Map.of(
                "type", "tool",
                "input", Map.of("city", "Paris"),
                "output", "It is sunny.",
                "metadata.tool_call_id", "call_1"));
  }

  @Test
  @Requirement("R5")
  void usage_isThatOfEachCallAlone() {
    answerWith(ChatWire.TOOL_CALLS, ChatWire.TEXT);

    client(langfuse)
        .prompt()
        .user("What is the weather in Paris?")
        .tools(new Weather())
        .call()
        .content();

    assertThat(sent().stream().filter(span -> span.name().equals("chat")))
        .extracting(span -> (Object) ((Map<?, ?>) fields(span).get("usage_details")).get("total"))
        .containsExactly(50, 50);
  }

  @Test
  @Requirement("R4")
  @Shows({Outcome.OK, Outcome.TOOL_CALL})
  void stream_isOneTreeOverTheThreadsItRunsOn() {
    provider.events(ChatWire.toolEvents()).events(ChatWire.textEvents());

    List<String> text =
        langfuse.observe(
            "pipeline",
            root ->
                client(langfuse)
                    .prompt()
                    .user("What is the weather in Paris?")
                    .tools(new Weather())
                    .stream()
                    .content()
                    .collectList()
                    .block(PATIENCE));

    assertThat(String.join("", text)).isEqualTo("Hello Ada.");
    await().until(() -> sent().size() == 6);
    assertThat(tree()).isEqualTo("span pipeline\n" + WITH_TOOL.indent(2));
    RecordedSpan last =
        sent().stream()
            .filter(span -> span.name().equals("chat"))
            .max(Comparator.comparingLong(RecordedSpan::startNanos))
            .orElseThrow();
    assertThat(fields(last))
        .containsEntry("output", Map.of("role", "assistant", "content", "Hello Ada."))
        .containsEntry("metadata.finish_reason", "stop");
  }

  @Test
  @Requirement("R4")
  void streamThatIsCompleteBeforeTheClientReadsIt_hasItsFirstToken() {
    provider.events(ChatWire.textEvents());

    assertThat(readLate().collect(Collectors.joining()).block(PATIENCE)).isEqualTo("Hello Ada.");

    await().until(() -> sent().size() == 2);
    assertThat(hasFirstToken(sink.span("chat"))).isTrue();
  }

  @Test
  @Requirement({"R4", "R6"})
  void streamThatIsCutBeforeTheClientReadsIt_hasWhatTheClientGot() {
    provider.cut(ChatWire.textEvents().subList(0, 3));
    StringBuffer received = new StringBuffer();

    Throwable thrown =
        catchThrowable(() -> readLate().doOnNext(received::append).blockLast(PATIENCE));

    assertThat(thrown).isNotNull();
    await().until(() -> sent().size() == 2);
    assertThat(tree()).isEqualTo("chain chat-client ERROR\n  generation chat ERROR\n");
    assertThat(received).isNotEmpty();
    assertThat(outputText()).isEqualTo(received.toString());
    assertThat(hasFirstToken(sink.span("chat"))).isTrue();
  }

  private String outputText() {
    Object output = fields(sink.span("chat")).get("output");
    return output == null ? "" : ((Map<?, ?>) output).get("content").toString();
  }

  /** The text of a stream whose client reads nothing until the model's observation stopped. */
  private Flux<String> readLate() {
    CountDownLatch stopped = new CountDownLatch(1);
    ObservationRegistry registry = ObservationRegistry.create();
    registry
        .observationConfig()
        // Handlers are told of a stop in reverse order.
        .observationHandler(new OnStopOfModel(stopped::countDown))
        .observationHandler(LangfuseSpringAI.observationHandler(langfuse));
    ChatClient client = client(registry, provider.url());
    return Flux.defer(
        () -> {
          Schedulers.onScheduleHook("reads late", task -> () -> runAfter(stopped, task));
          return client.prompt().user("Hello?").stream()
              .content()
              .doFinally(signal -> Schedulers.resetOnScheduleHook("reads late"));
        });
  }

  private static void runAfter(CountDownLatch latch, Runnable task) {
    if (Thread.currentThread().getName().startsWith("boundedElastic")) {
      try {
        latch.await(30, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    task.run();
  }

  private record OnStopOfModel(Runnable action)
      implements ObservationHandler<ChatModelObservationContext> {
    @Override
    public boolean supportsContext(Observation.Context context) {
      return context instanceof ChatModelObservationContext;
    }

    @Override
    public void onStop(ChatModelObservationContext context) {
      action.run();
    }
  }

  @Test
  @Requirement("R4")
  @Shows(Outcome.CANCELLED)
  void cancelledStream_keepsWhatWasReceived() {
    provider.stalled(ChatWire.textEvents().subList(0, 3));

    List<String> text =
        client(langfuse).prompt().user("Hello?").stream()
            .content()
            .take(1)
            .collectList()
            .block(PATIENCE);

    assertThat(text).containsExactly("Hello");
    await().until(() -> sent().size() == 2);
    assertThat(fields(sink.span("chat")))
        .containsEntry("output", Map.of("role", "assistant", "content", "Hello"))
        .containsEntry("status_message", "Closed before the end.");
    assertThat(hasFirstToken(sink.span("chat"))).isTrue();
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.CUT)
  void cutStream_isAnErrorWithWhatHadPassed() {
    provider.cut(ChatWire.textEvents().subList(0, 3));
    StringBuffer received = new StringBuffer();

    Throwable thrown =
        catchThrowable(
            () ->
                client(langfuse).prompt().user("Hello?").stream()
                    .content()
                    .doOnNext(received::append)
                    .blockLast(PATIENCE));

    assertThat(thrown).isNotNull();
    await().until(() -> sent().size() == 2);
    assertThat(tree()).isEqualTo("chain chat-client ERROR\n  generation chat ERROR\n");
    assertThat(outputText()).isEqualTo(received.toString());
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.PROVIDER_ERROR)
  void providerError_failsBothAndIsThrownAsItWas() {
    provider.json(400, ChatWire.error("The provider says no.", "some_type", "some_code"));
    ChatClient client = client(langfuse);

    assertThat(catchThrowable(() -> client.prompt().user("Hello?").call().content()))
        .isExactlyInstanceOf(OpenAiModels.exceptionFor(400));

    assertThat(tree()).isEqualTo("chain chat-client ERROR\n  generation chat ERROR\n");
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.TRANSPORT_ERROR)
  void transportError_failsBothAndIsThrownAsItWas() {
    // Port 1 is never listened on.
    ChatClient client = client(langfuse, "http://127.0.0.1:1");

    assertThat(catchThrowable(() -> client.prompt().user("Hello?").call().content()))
        .isExactlyInstanceOf(OpenAiModels.transportException());

    assertThat(tree()).isEqualTo("chain chat-client ERROR\n  generation chat ERROR\n");
  }

  @Test
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "tools")
  void toolThatThrows_hasWhatTheModelIsToldAsItsResult() {
    answerWith(ChatWire.TOOL_CALLS.replace("Paris", "Rome"), ChatWire.TEXT);

    client(langfuse).prompt().user("In Rome?").tools(new Weather()).call().content();

    // Spring AI turns the exception into a result before its observers see it.
    assertThat(tree()).isEqualTo(WITH_TOOL);
    assertThat((String) sink.span("weather").observation("output"))
        .contains("No thermometer in Rome");
  }

  @Test
  void advisor_isAChainAroundTheRest() {
    answerWith(ChatWire.TEXT);
    CallAdvisor polite =
        new CallAdvisor() {
          @Override
          public String getName() {
            return "politeness";
          }

          @Override
          public int getOrder() {
            return 0;
          }

          @Override
          public ChatClientResponse adviseCall(ChatClientRequest request, CallAdvisorChain chain) {
            return chain.nextCall(request);
          }
        };

    client(langfuse).prompt().user("Hello?").advisors(polite).call().content();

    assertThat(tree()).isEqualTo("chain chat-client\n  chain politeness\n    generation chat\n");
  }

  @Test
  void contentOff_keepsItAtHome() {
    answerWith(ChatWire.TOOL_CALLS, ChatWire.TEXT);

    client(client(false))
        .prompt()
        .user("What is the weather in Paris?")
        .tools(new Weather())
        .call()
        .content();

    assertThat(sent()).hasSize(5);
    assertThat(sent())
        .allSatisfy(
            span -> assertThat(span.attributes().toString()).doesNotContain("Paris", "sunny"));
  }

  @Test
  void tracingOff_isTheClientAsItIs() {
    answerWith(ChatWire.TEXT);
    Langfuse off = Langfuse.builder().tracingEnabled(false).shutdownHook(false).build();

    assertThat(client(off).prompt().user("Hello?").call().content()).isEqualTo("Hello Ada.");

    assertThat(sent()).isEmpty();
  }

  @Test
  void library_isTheVersionUnderTest() {
    assertThat(ChatClient.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .contains(System.getProperty("expected.spring-ai", ""));
  }
}
