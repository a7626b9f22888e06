package io.langfuse4j.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Every way from a wrapped client to a message is traced, once, and nothing else changes. */
@Requirement("R2")
class WrappedAnthropicTest extends TracedTest {

  private AnthropicClient client;

  @BeforeEach
  void wrap() {
    client = LangfuseAnthropic.builder(langfuse).wrap(held(AnthropicChat.client(provider.url())));
    provider.json(200, AnthropicWire.message(AnthropicWire.text("Hello Ada."), "end_turn"));
  }

  private Map<String, Object> theFields() {
    return fields(theSpan());
  }

  @Test
  void wrappedTwice_isTracedOnce() {
    assertThat(LangfuseAnthropic.wrap(client)).isSameAs(client);
    client.messages().create(AnthropicChat.params(false));
    assertThat(theFields()).containsKey("output");
  }

  @Test
  void rawResponse_isTracedWhenItIsParsed() {
    try (HttpResponseFor<Message> raw =
        client.messages().withRawResponse().create(AnthropicChat.params(false))) {
      assertThat(SyncMessageTest.textOf(raw.parse())).isEqualTo("Hello Ada.");
    }
    assertThat(theFields().get("output"))
        .isEqualTo(Map.of("role", "assistant", "content", "Hello Ada."));
  }

  @Test
  void beta_isTraced() {
    client
        .beta()
        .messages()
        .create(
            com.anthropic.models.beta.messages.MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .addUserMessage("Hello?")
                .maxTokens(50)
                .build());

    assertThat(theFields().get("output"))
        .isEqualTo(Map.of("role", "assistant", "content", "Hello Ada."));
  }

  /** A tool of the library's runner. */
  @JsonClassDescription("Weather of a city")
  public static final class GetWeather implements Supplier<String> {
    public String city;

    @Override
    public String get() {
      return "Rain in " + city;
    }
  }

  @Test
  @Requirement({"R3", "R4"})
  void toolRunner_eachOfItsTurnsIsAGeneration() throws ReflectiveOperationException {
    Method runner = toolRunner();
    StubProvider turns =
        new StubProvider()
            .json(
                200,
                AnthropicWire.message(
                    "{\"type\":\"tool_use\",\"id\":\"call_1\",\"name\":\"get_weather\","
                        + "\"input\":{\"city\":\"Paris\"}}",
                    "tool_use"))
            .json(200, AnthropicWire.message(AnthropicWire.text("Take a coat."), "end_turn"));
    try (turns) {
      AnthropicClient traced =
          LangfuseAnthropic.builder(langfuse).wrap(held(AnthropicChat.client(turns.url())));
      var params =
          com.anthropic.models.beta.messages.MessageCreateParams.builder()
              .model("claude-sonnet-4-5")
              .addUserMessage("The weather in Paris?")
              .maxTokens(50);
      params.getClass().getMethod("addTool", Class.class).invoke(params, GetWeather.class);

      Iterable<?> messages = (Iterable<?>) runner.invoke(traced.beta().messages(), params.build());
      assertThat(messages).hasSize(2);

      assertThat(sent()).extracting(RecordedSpan::type).containsExactly("generation", "generation");
      assertThat(String.valueOf(sent().get(0).observation("output"))).contains("get_weather");
      assertThat(String.valueOf(sent().get(1).observation("input"))).contains("Rain in Paris");
      assertThat(fields(sent().get(1)).get("output"))
          .isEqualTo(Map.of("role", "assistant", "content", "Take a coat."));
    }
  }

  /** By its name: older versions have none. */
  private static Method toolRunner() {
    return Arrays.stream(com.anthropic.services.blocking.beta.MessageService.class.getMethods())
        .filter(method -> method.getName().equals("toolRunner") && method.getParameterCount() == 1)
        .filter(
            method ->
                method.getParameterTypes()[0]
                    == com.anthropic.models.beta.messages.MessageCreateParams.class)
        .findAny()
        .orElseThrow(() -> new TestAbortedException("this version has no tool runner"));
  }

  @Test
  void countTokens_isNotAGeneration() {
    provider.json(200, "{\"input_tokens\":3}");
    client.messages().create(AnthropicChat.params(false));
    client
        .messages()
        .countTokens(
            com.anthropic.models.messages.MessageCountTokensParams.builder()
                .model("claude-sonnet-4-5")
                .addUserMessage("Hello?")
                .build());
    assertThat(sent()).hasSize(1);
  }

  @Test
  @Requirement("R9")
  void with_namesAndLinksTheCall() {
    LangfuseAnthropic.with(
        o -> o.name("greet").prompt("greeting", 3),
        () -> client.messages().create(AnthropicChat.params(false)));

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("greet");
    assertThat(span.observation("prompt.version")).isEqualTo(3L);
  }

  @Test
  @Requirement({"R3", "R4"})
  void conversationWithImageToolAndThinking_isReadableInput() {
    Object messages =
        StubProvider.parsed(
            """
            [{"role":"user","content":[
               {"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}},
               {"type":"text","text":"What is it?"}]},
             {"role":"assistant","content":[
               {"type":"thinking","thinking":"A city.","signature":"c2ln"},
               {"type":"tool_use","id":"t1","name":"weather","input":{"city":"Paris"}}]},
             {"role":"user","content":[
               {"type":"tool_result","tool_use_id":"t1","content":[{"type":"text","text":"Rain"}]},
               {"type":"text","text":"And?"}]}]
            """);
    client
        .messages()
        .create(
            MessageCreateParams.builder()
                .model("claude-sonnet-4-5")
                .messages(List.of())
                .maxTokens(50)
                .putAdditionalBodyProperty("messages", JsonValue.from(messages))
                .build());

    assertThat(theFields().get("input"))
        .isEqualTo(
            StubProvider.parsed(
                """
                [{"role":"user","content":[
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA"}},
                   {"type":"text","text":"What is it?"}]},
                 {"role":"assistant","reasoning_content":"A city.","tool_calls":[
                   {"id":"t1","type":"function",
                    "function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                 {"role":"tool","tool_call_id":"t1","content":"Rain"},
                 {"role":"user","content":"And?"}]
                """));
  }
}
