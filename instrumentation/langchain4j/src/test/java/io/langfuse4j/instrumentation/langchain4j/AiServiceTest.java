package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.document.Metadata;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.InternalServerException;
import dev.langchain4j.guardrail.InputGuardrail;
import dev.langchain4j.guardrail.InputGuardrailResult;
import dev.langchain4j.rag.content.Content;
import dev.langchain4j.rag.content.ContentMetadata;
import dev.langchain4j.rag.content.retriever.ContentRetriever;
import dev.langchain4j.rag.query.Query;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.MemoryId;
import dev.langchain4j.service.SystemMessage;
import dev.langchain4j.service.TokenStream;
import dev.langchain4j.service.tool.ToolExecutor;
import dev.langchain4j.service.tool.ToolProvider;
import dev.langchain4j.service.tool.ToolProviderResult;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.SpanTree;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** AI services, which are observed without a word about it in their code. */
@Integrates(
    library = "langchain4j",
    operation = "AiServices",
    way = "no code",
    without = {
      "TRANSPORT_ERROR: that of its model call",
      "CUT: that of its model call, whose failures fail the service",
      "ABANDONED: a TokenStream that is not started asks nothing"
    })
@Integrates(
    library = "langchain4j",
    operation = "tools",
    way = "no code",
    without = {
      "TRANSPORT_ERROR: code of the application, all errors alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the service waits for the result"
    })
@Integrates(
    library = "langchain4j",
    operation = "retrieval",
    way = "no code",
    without = {
      "TOOL_CALL: not a chat",
      "TRANSPORT_ERROR: code of the application, all errors alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the service waits for the result"
    })
@Integrates(
    library = "langchain4j",
    operation = "guardrails",
    way = "no code",
    without = {
      "TOOL_CALL: not a chat",
      "TRANSPORT_ERROR: code of the application, all errors alike",
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the service waits for the verdict"
    })
class AiServiceTest extends TracedTest {

  /** A service. */
  interface Assistant {
    @SystemMessage("Be brief.")
    String ask(String question);

    @SystemMessage("Be brief.")
    TokenStream stream(String question);
  }

  /** One that remembers. */
  interface Friend {
    String remember(@MemoryId String customer, @dev.langchain4j.service.UserMessage String text);
  }

  /** Tools. */
  class Weather {
    @Tool("Weather of a city")
    String weather(@P("city") String city) {
      langfuse.startObservation("thermometer").end();
      if (city.equals("Rome")) {
        throw new IllegalStateException("No thermometer in Rome");
      }
      return "It is sunny.";
    }
  }

  private final ExecutorService executor = Executors.newFixedThreadPool(2);

  @BeforeEach
  void becomeDefault() {
    Langfuse.setDefault(langfuse);
  }

  @AfterEach
  void stop() {
    executor.shutdownNow();
    Langfuse.setDefault(null);
  }

  private AiServices<Assistant> assistant() {
    return AiServices.builder(Assistant.class).chatModel(OpenAiModels.chat(provider.url()));
  }

  private AiServices<Assistant> streamingAssistant() {
    return AiServices.builder(Assistant.class)
        .streamingChatModel(OpenAiModels.streaming(provider.url()));
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

  @Test
  @Requirement({"R2", "R9"})
  @Shows(Outcome.OK)
  void call_isAChainWithItsModelCall() {
    answerWith(ChatWire.TEXT);

    assertThat(assistant().build().ask("Hello?")).isEqualTo("Hello Ada.");

    assertThat(tree()).isEqualTo("chain Assistant.ask\n  generation chat\n");
    assertThat(fields(sink.span("Assistant.ask")))
        .isEqualTo(
            Map.of(
                "type",
                "chain",
                "input",
                LangChain4jDialect.question("Hello?"),
                "output",
                "Hello Ada."));
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  @Requirement("R9")
  @Shows(
      value = {Outcome.OK, Outcome.TOOL_CALL},
      operation = "tools")
  void tools_areObservedWhileTheyRun_andKnowTheCallThatAskedForThem() {
    answerWith(ChatWire.TOOL_CALLS, ChatWire.TEXT);

    assistant().tools(new Weather()).build().ask("What is the weather in Paris?");

    assertThat(tree())
        .isEqualTo(
            """
            agent Assistant.ask
              generation chat
              tool weather
                span thermometer
              generation chat
            """);
    assertThat(fields(sink.span("weather")))
        .isEqualTo(
            Map.of(
                "type", "tool",
                "input", Map.of("city", "Paris"),
                "output", "It is sunny.",
                "metadata.tool_call_id", "call_1"));
  }

  @Test
  @Shows(Outcome.TOOL_CALL)
  void parallelTools_onAnExecutor_areEachInsideTheService() {
    answerWith(ChatWire.PARALLEL_TOOL_CALLS, ChatWire.TEXT);

    assistant()
        .tools(new Weather())
        .executeToolsConcurrently(executor)
        .build()
        .ask("What is the weather?");

    List<RecordedSpan> tools =
        sent().stream().filter(span -> span.name().equals("weather")).toList();
    assertThat(tools)
        .extracting(RecordedSpan::parentSpanId)
        .containsOnly(sink.span("Assistant.ask").spanId())
        .hasSize(2);
    assertThat(tools)
        .extracting(span -> span.observation("level"))
        .containsExactlyInAnyOrder(null, "ERROR");
  }

  @Test
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "tools")
  void toolThatThrows_isAnErrorOfTheToolAlone() {
    answerWith(ChatWire.TOOL_CALLS.replace("Paris", "Rome"), ChatWire.TEXT);

    assistant().tools(new Weather()).build().ask("What is the weather in Rome?");

    assertThat(tree())
        .isEqualTo(
            """
            agent Assistant.ask
              generation chat
              tool weather ERROR
                span thermometer
              generation chat
            """);
    assertThat((String) sink.span("weather").observation("status_message"))
        .contains("No thermometer in Rome");
  }

  @Test
  void toolOfAProvider_isRecordedWhenItIsDone() {
    answerWith(ChatWire.TOOL_CALLS, ChatWire.TEXT);
    ToolExecutor tool = (request, memoryId) -> "It is sunny.";
    ToolProvider tools =
        request ->
            ToolProviderResult.builder()
                .add(ToolSpecification.builder().name("weather").build(), tool)
                .build();

    assistant().toolProvider(tools).build().ask("What is the weather in Paris?");

    assertThat(fields(sent().stream().filter(s -> s.name().equals("weather")).findAny().get()))
        .containsEntry("output", "It is sunny.")
        .containsEntry("metadata.tool_call_id", "call_1");
  }

  @Test
  @Requirement("R6")
  @Shows(Outcome.PROVIDER_ERROR)
  void providerError_failsBothAndIsThrownAsItWas() {
    provider.json(500, ChatWire.error("The provider says no.", "some_type", "some_code"));
    Assistant assistant = assistant().build();

    assertThat(catchThrowable(() -> assistant.ask("Hello?")))
        .isInstanceOf(InternalServerException.class);

    assertThat(tree()).isEqualTo("chain Assistant.ask ERROR\n  generation chat ERROR\n");
    assertThat(Span.current()).isSameAs(Span.getInvalid());
  }

  @Test
  void errorInATool_leavesNothingCurrent() {
    answerWith(ChatWire.TOOL_CALLS);
    ToolExecutor tool =
        (request, memoryId) -> {
          throw new AssertionError("broken");
        };
    Assistant assistant =
        assistant()
            .tools(Map.of(ToolSpecification.builder().name("weather").build(), tool))
            .build();

    assertThat(catchThrowable(() -> assistant.ask("What is the weather in Paris?")))
        .isInstanceOf(AssertionError.class);

    assertThat(Span.current()).isSameAs(Span.getInvalid());
    assertThat(tree())
        .isEqualTo("agent Assistant.ask ERROR\n  generation chat\n  tool weather ERROR\n");
  }

  @Test
  @Requirement("R4")
  void stream_isOneTreeOverTheThreadsItRunsOn() throws Exception {
    provider.events(ChatWire.toolEvents()).events(ChatWire.textEvents());
    Assistant assistant = streamingAssistant().tools(new Weather()).build();
    CompletableFuture<String> answer = new CompletableFuture<>();

    langfuse.run(
        "pipeline",
        root ->
            assistant.stream("What is the weather in Paris?")
                .onPartialResponse(text -> {})
                .onCompleteResponse(response -> answer.complete(response.aiMessage().text()))
                .onError(answer::completeExceptionally)
                .start());

    assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo("Hello Ada.");
    assertThat(tree())
        .isEqualTo(
            """
            span pipeline
              agent Assistant.stream
                generation chat
                tool weather
                  span thermometer
                generation chat
            """);
    assertThat(fields(sink.span("Assistant.stream")).get("output"))
        .isEqualTo(Map.of("role", "assistant", "content", "Hello Ada."));
  }

  @Test
  @Requirement("R6")
  void streamThatFails_failsTheServiceToo() throws Exception {
    provider.json(500, ChatWire.error("The provider says no.", "some_type", "some_code"));
    CompletableFuture<Throwable> failure = new CompletableFuture<>();

    streamingAssistant().build().stream("Hello?")
        .onPartialResponse(text -> {})
        .onError(failure::complete)
        .start();

    assertThat(failure.get(60, TimeUnit.SECONDS)).isInstanceOf(InternalServerException.class);
    assertThat(tree()).isEqualTo("chain Assistant.stream ERROR\n  generation chat ERROR\n");
  }

  @Test
  @Requirement("R6")
  void streamThatFails_andNobodyMinds_failsTheServiceToo() {
    provider.json(500, ChatWire.error("The provider says no.", "some_type", "some_code"));

    streamingAssistant().build().stream("Hello?")
        .onPartialResponse(text -> {})
        .ignoreErrors()
        .start();

    await().until(() -> sent().size() == 2);
    assertThat(tree()).isEqualTo("chain Assistant.stream ERROR\n  generation chat ERROR\n");
  }

  @Test
  @Requirement("R4")
  @Shows(Outcome.CANCELLED)
  void cancelledStream_endsTheServiceWithItsModelCall() throws Exception {
    provider.stalled(ChatWire.textEvents().subList(0, 3));
    CompletableFuture<String> first = new CompletableFuture<>();

    streamingAssistant().build().stream("Hello?")
        .onPartialResponseWithContext(
            (part, context) -> {
              context.streamingHandle().cancel();
              first.complete(part.text());
            })
        .onError(first::completeExceptionally)
        .start();

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("Hello");
    assertThat(tree()).isEqualTo("chain Assistant.stream\n  generation chat\n");
    for (String name : List.of("Assistant.stream", "chat")) {
      assertThat(fields(sink.span(name)))
          .containsEntry("output", Map.of("role", "assistant", "content", "Hello"))
          .containsEntry("status_message", "Closed before the end.");
    }
  }

  @Test
  @Shows(value = Outcome.OK, operation = "retrieval")
  void retrieval_isRecordedWithScores() {
    answerWith(ChatWire.TEXT);
    ContentRetriever retriever =
        query ->
            List.of(
                Content.from(
                    TextSegment.from("Ada is the customer.", Metadata.from("title", "Customers")),
                    Map.of(ContentMetadata.SCORE, 0.75)));

    assistant().contentRetriever(retriever).build().ask("Who am I?");

    assertThat(tree()).isEqualTo("chain Assistant.ask\n  retriever retrieve\n  generation chat\n");
    assertThat(fields(sink.span("retrieve")))
        .isEqualTo(
            Map.of(
                "type",
                "retriever",
                "input",
                "Who am I?",
                "output",
                List.of(
                    Map.of(
                        "content",
                        "Ada is the customer.",
                        "metadata",
                        Map.of("title", "Customers"),
                        "score",
                        0.75))));
  }

  @Test
  @Requirement("R6")
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "retrieval")
  void retrieverThatThrows_failsBothAndThrowsTheSame() {
    IllegalStateException broken = new IllegalStateException("No index");
    ContentRetriever retriever =
        query -> {
          throw broken;
        };
    Assistant assistant = assistant().contentRetriever(retriever).build();

    assertThat(catchThrowable(() -> assistant.ask("Who am I?"))).isSameAs(broken);

    assertThat(tree()).isEqualTo("chain Assistant.ask ERROR\n  retriever retrieve ERROR\n");
    assertThat(sink.span("retrieve").observation("status_message")).isEqualTo("No index");
  }

  @Test
  void wrappedRetriever_onAnExecutor_isInsideTheRetrieval() {
    answerWith(ChatWire.TEXT);
    ContentRetriever plain = query -> List.of(Content.from("It rains."));
    Executor elsewhere = executor;

    assistant()
        .retrievalAugmentor(
            dev.langchain4j.rag.DefaultRetrievalAugmentor.builder()
                .queryTransformer(
                    query -> List.of(query, Query.from("And tomorrow?", query.metadata())))
                .contentRetriever(LangfuseLangChain4j.wrap(plain))
                .executor(elsewhere)
                .build())
        .build()
        .ask("Does it rain?");

    assertThat(sent()).extracting(RecordedSpan::traceId).containsOnly(sent().get(0).traceId());
    assertThat(sent().stream().filter(s -> "retriever".equals(s.observation("type")))).hasSize(3);
  }

  /** A guardrail. */
  public static final class NoShouting implements InputGuardrail {
    @Override
    public InputGuardrailResult validate(UserMessage message) {
      return message.singleText().endsWith("!") ? fatal("No shouting") : success();
    }
  }

  @Test
  @Shows(
      value = {Outcome.OK, Outcome.PROVIDER_ERROR},
      operation = "guardrails")
  void guardrails_areRecordedWithTheirVerdict() {
    answerWith(ChatWire.TEXT);
    Assistant assistant = assistant().inputGuardrails(new NoShouting()).build();

    assistant.ask("Hello?");
    assertThat(catchThrowable(() -> assistant.ask("Hello!"))).hasMessageContaining("No shouting");

    assertThat(tree())
        .isEqualTo(
            """
            chain Assistant.ask
              guardrail NoShouting
              generation chat
            chain Assistant.ask ERROR
              guardrail NoShouting ERROR
            """);
  }

  @Test
  void memoryId_isMetadata() {
    answerWith(ChatWire.TEXT);

    AiServices.builder(Friend.class)
        .chatModel(OpenAiModels.chat(provider.url()))
        .chatMemoryProvider(
            id -> dev.langchain4j.memory.chat.MessageWindowChatMemory.withMaxMessages(5))
        .build()
        .remember("ada", "Hello?");

    sent();
    assertThat(fields(sink.span("Friend.remember")))
        .containsEntry("metadata.chat_memory_id", "ada");
  }

  @Test
  void modelThatIsWrapped_isObservedOnce() {
    answerWith(ChatWire.TEXT);

    AiServices.builder(Assistant.class)
        .chatModel(LangfuseLangChain4j.wrap(OpenAiModels.chat(provider.url())))
        .build()
        .ask("Hello?");

    assertThat(tree()).isEqualTo("chain Assistant.ask\n  generation chat\n");
  }

  @Test
  void tracingOff_isTheServiceAsItIs() {
    Langfuse.setDefault(Langfuse.builder().tracingEnabled(false).shutdownHook(false).build());
    answerWith(ChatWire.TEXT);

    assertThat(assistant().build().ask("Hello?")).isEqualTo("Hello Ada.");

    assertThat(sent()).isEmpty();
  }
}
