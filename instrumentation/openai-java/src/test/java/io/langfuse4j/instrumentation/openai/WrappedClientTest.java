package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.openai.client.OpenAIClient;
import com.openai.core.http.HttpResponseFor;
import com.openai.core.http.StreamResponse;
import com.openai.errors.RateLimitException;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every way from a wrapped client to a call is traced, once, and nothing else changes. */
@Requirement("R2")
class WrappedClientTest extends TracedTest {

  private final ChatCompletionCreateParams params = OpenAIChat.params(false, false);
  private OpenAIClient plain;
  private OpenAIClient client;

  @BeforeEach
  void wrap() {
    plain = held(OpenAIChat.client(provider.url()));
    client = LangfuseOpenAI.builder(langfuse).wrap(plain);
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().get(0).message().content().orElse("");
  }

  private void answered() {
    provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
  }

  @Test
  void asyncAndBack_isTraced() {
    answered();
    assertThat(text(client.async().sync().chat().completions().create(params)))
        .isEqualTo("Hello Ada.");
    assertThat(theSpan().observation("output").toString()).contains("Hello Ada.");
  }

  @Test
  void wrap_usesTheDefaultClient() {
    answered();
    Langfuse.setDefault(langfuse);
    try {
      LangfuseOpenAI.wrap(plain).chat().completions().create(params);
      LangfuseOpenAI.wrap(plain.async()).chat().completions().create(params).join();
    } finally {
      Langfuse.setDefault(null);
    }
    assertThat(sent()).hasSize(2);
  }

  @Test
  void wrappedTwice_isTracedOnce() {
    answered();
    assertThat(LangfuseOpenAI.wrap(client)).isSameAs(client);
    assertThat(client.chat()).isSameAs(client.chat());
    client.chat().completions().create(params);
    assertThat(theSpan().name()).isEqualTo("OpenAI-generation");
  }

  @Test
  @SuppressWarnings("try") // the scope is the point
  void calledByALayerThatIsTracedItself_isTracedOnce() {
    answered();
    ModelCall outer = ModelCall.start(langfuse, "outer", ObservationType.GENERATION);
    try (Scope scope = outer.makeCurrent()) {
      client.chat().completions().create(params);
      client.async().chat().completions().create(params).join();
    }
    outer.succeed();

    assertThat(theSpan().name()).isEqualTo("outer");
  }

  @Test
  void clientThatCannotBeMade_leavesTheCallAlone() {
    answered();
    OpenAIClient broken =
        new LangfuseOpenAIBuilder(
                () -> {
                  throw new IllegalStateException("no such setting");
                })
            .wrap(plain);

    assertThat(text(broken.chat().completions().create(params))).isEqualTo("Hello Ada.");
  }

  @Test
  void withOptions_isTraced() throws Exception {
    Optional<Method> withOptions =
        Arrays.stream(OpenAIClient.class.getMethods())
            .filter(method -> method.getName().equals("withOptions"))
            .findFirst();
    assumeTrue(withOptions.isPresent(), "this version of openai-java has no withOptions");
    answered();
    Consumer<Object> nothing = options -> {};

    OpenAIClient changed = (OpenAIClient) withOptions.get().invoke(client, nothing);
    changed.chat().completions().create(params);

    assertThat(theSpan().name()).isEqualTo("OpenAI-generation");
  }

  @Test
  void rawResponse_isTracedWhenItIsParsed() {
    answered();
    try (HttpResponseFor<ChatCompletion> raw =
        client.chat().completions().withRawResponse().create(params)) {
      assertThat(raw.statusCode()).isEqualTo(200);
      assertThat(raw.requestId()).contains("req_stub");
      assertThat(text(raw.parse())).isEqualTo("Hello Ada.");
      assertThat(raw.parse()).isSameAs(raw.parse());
    }
    assertThat(theSpan().observation("output").toString()).contains("Hello Ada.");
  }

  @Test
  void rawResponseReadByHand_isLeftAloneAndEndsAtTheClose() throws IOException {
    answered();
    try (HttpResponseFor<ChatCompletion> raw =
        client.withRawResponse().chat().completions().create(params)) {
      assertThat(new String(raw.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("Hello Ada.");
    }
    assertThat(theSpan().observation("metadata.http_status")).isEqualTo(200L);
  }

  @Test
  @Requirement("R6")
  @SuppressWarnings("MustBeClosedChecker") // there is nothing to close
  void rawResponseRefused_isAnError() {
    provider.json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));

    Throwable thrown =
        catchThrowable(() -> client.chat().completions().withRawResponse().create(params).parse());

    assertThat(thrown).isExactlyInstanceOf(RateLimitException.class);
    assertThat(theSpan().statusMessage()).contains("Slow down.");
  }

  @Test
  void rawStream_isTraced() {
    provider.events(ChatWire.textEvents());
    try (HttpResponseFor<StreamResponse<ChatCompletionChunk>> raw =
            client.chat().completions().withRawResponse().createStreaming(params);
        StreamResponse<ChatCompletionChunk> stream = raw.parse()) {
      assertThat(stream.stream().count()).isEqualTo(6);
    }
    assertThat(theSpan().observation("output").toString()).contains("Hello Ada.");
  }

  @Test
  @SuppressWarnings("MustBeClosedChecker") // it is closed; older versions say more than newer ones
  void asyncRawResponse_isTraced() {
    answered();
    try (HttpResponseFor<ChatCompletion> raw =
        client.async().chat().completions().withRawResponse().create(params).join()) {
      assertThat(text(raw.parse())).isEqualTo("Hello Ada.");
    }
    assertThat(theSpan().observation("output").toString()).contains("Hello Ada.");
  }

  /** What the model is to answer with. */
  public static class Greeting {
    public String hello;
  }

  @Test
  @Requirement({"R3", "R4"})
  void structuredOutput_isTracedWithItsSchema() {
    provider.json(
        200,
        ChatWire.completion(
            "{\"role\":\"assistant\",\"content\":\"{\\\"hello\\\":\\\"Ada\\\"}\"}", "stop"));

    Greeting greeting =
        client
            .chat()
            .completions()
            .create(params.toBuilder().responseFormat(Greeting.class).build())
            .choices()
            .get(0)
            .message()
            .content()
            .orElseThrow();

    assertThat(greeting.hello).isEqualTo("Ada");
    RecordedSpan span = theSpan();
    assertThat(span.observation("metadata.response_format").toString()).contains("hello");
    assertThat(span.observation("output").toString()).contains("Ada");
  }

  @Test
  void severalAnswers_areAListWithTheirReasons() {
    provider.json(
        200,
        ChatWire.completionOf(
            "{\"index\":0,\"message\":" + ChatWire.TEXT + ",\"finish_reason\":\"stop\"}",
            "{\"index\":1,\"message\":" + ChatWire.REFUSAL + ",\"finish_reason\":\"length\"}"));

    client.chat().completions().create(params.toBuilder().n(2).build());

    assertThat(fields(theSpan()).get("output").toString())
        .startsWith("[")
        .contains("Hello Ada.", "I will not.");
    assertThat(fields(theSpan()).get("metadata.finish_reason"))
        .isEqualTo(List.of("stop", "length"));
  }

  @Test
  @Requirement("R9")
  void with_namesDescribesAndLinksTheCall() {
    answered();

    String text =
        LangfuseOpenAI.with(
            o -> o.name("greet").metadata("step", 1).prompt("greeting", 3),
            () -> text(client.chat().completions().create(params)));

    assertThat(text).isEqualTo("Hello Ada.");
    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("greet");
    assertThat(span.observation("metadata.step")).isEqualTo(1L);
    assertThat(span.observation("prompt.name")).isEqualTo("greeting");
    assertThat(span.observation("prompt.version")).isEqualTo(3L);
  }

  @Test
  void settingsOfTheClient_holdUnlessTheCallSaysOtherwise() {
    answered();
    OpenAIClient named =
        LangfuseOpenAI.builder(langfuse).name("assistant").metadata("team", "a").wrap(plain);

    named.chat().completions().create(params);
    LangfuseOpenAI.with(o -> o.name("greet"), () -> named.chat().completions().create(params));

    sent();
    assertThat(sink.span("assistant").observation("metadata.team")).isEqualTo("a");
    assertThat(sink.span("greet").observation("metadata.team")).isEqualTo("a");
  }

  @Test
  void equalsHashCodeToString_doNotFail() {
    assertThat(client).isEqualTo(LangfuseOpenAI.builder(langfuse).wrap(plain));
    assertThat(client).isNotEqualTo(plain);
    assertThat(client.hashCode())
        .isEqualTo(LangfuseOpenAI.builder(langfuse).wrap(plain).hashCode());
    assertThat(client.toString()).startsWith("Langfuse(");
  }
}
