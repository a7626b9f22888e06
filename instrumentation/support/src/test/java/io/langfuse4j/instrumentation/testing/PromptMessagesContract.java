package io.langfuse4j.instrumentation.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.prompt.ChatMessage;
import io.langfuse4j.prompt.ChatPrompt;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import io.langfuse4j.prompt.MessagePlaceholder;
import io.langfuse4j.prompt.PromptMessage;
import io.langfuse4j.prompt.TextPrompt;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of compiled prompts in a library: what the provider is sent in the end. */
public abstract class PromptMessagesContract extends TracedTest {

  private static final String PIXEL = "data:image/png;base64,iVBORw0KGgo=";

  /** Converts, and asks a chat model of OpenAI's that is traced. */
  protected abstract void ask(Consumer<ModelCallOptions> options, CompiledChat prompt)
      throws Exception;

  /** The same with a text prompt. */
  protected abstract void ask(Consumer<ModelCallOptions> options, CompiledText prompt)
      throws Exception;

  /** Runs the example of the guide, and returns the text of the answer. */
  protected abstract String example(String question);

  private static CompiledChat chat(PromptMessage... messages) {
    return new CompiledChat(List.of(messages), List.of());
  }

  private void answers() {
    new OpenAIChatDialect().answer(provider, ChatReply.TEXT, false);
  }

  /** The messages as they were sent. */
  private List<Map<String, Object>> arrived() {
    return Fields.maps(Fields.map(provider.requests().get(0).json()).get("messages"));
  }

  private List<Map<String, Object>> arrived(PromptMessage... messages) throws Exception {
    answers();
    ask(options -> {}, chat(messages));
    return arrived();
  }

  private static String contentOf(Map<String, Object> message) {
    List<Map<String, Object>> parts = Fields.maps(message.get("content"));
    return parts.isEmpty()
        ? String.valueOf(message.get("content"))
        : String.valueOf(parts.get(0).get("text"));
  }

  @Test
  void chat_arrivesWithItsRolesAndWithoutUnfilledPlaceholders() throws Exception {
    List<Map<String, Object>> messages =
        arrived(
            ChatMessage.system("Be brief."),
            ChatMessage.user("Hello?"),
            ChatMessage.assistant("Yes?"),
            new MessagePlaceholder("history"),
            ChatMessage.user("Nothing."));

    assertThat(messages)
        .extracting(message -> message.get("role") + ": " + contentOf(message))
        .containsExactly("system: Be brief.", "user: Hello?", "assistant: Yes?", "user: Nothing.");
  }

  @Test
  void text_arrivesAsTheMessageOfAUser() throws Exception {
    answers();

    ask(options -> {}, new CompiledText("Hello?", List.of()));

    assertThat(arrived())
        .extracting(message -> message.get("role") + ": " + contentOf(message))
        .containsExactly("user: Hello?");
  }

  @Test
  void toolCallAndItsResult_arriveTogether() throws Exception {
    List<Map<String, Object>> messages =
        arrived(
            ChatMessage.user("Weather?"),
            ChatMessage.of(
                Map.of(
                    "role",
                    "assistant",
                    "tool_calls",
                    List.of(
                        Map.of(
                            "id",
                            "call-1",
                            "type",
                            "function",
                            "function",
                            Map.of("name", "weather", "arguments", "{\"city\":\"Paris\"}"))))),
            ChatMessage.of(Map.of("role", "tool", "tool_call_id", "call-1", "content", "sunny")));

    Map<String, Object> call = Fields.maps(messages.get(1).get("tool_calls")).get(0);
    assertThat(call)
        .containsEntry("id", "call-1")
        .containsEntry("function", Map.of("name", "weather", "arguments", "{\"city\":\"Paris\"}"));
    assertThat(messages.get(2))
        .containsEntry("role", "tool")
        .containsEntry("tool_call_id", "call-1");
    assertThat(contentOf(messages.get(2))).contains("sunny");
  }

  @Test
  void images_atAnAddressAndGivenAsSuch_arrive() throws Exception {
    List<Map<String, Object>> messages =
        arrived(
            ChatMessage.of(
                "user",
                List.of(
                    Map.of("type", "text", "text", "What is this?"),
                    Map.of(
                        "type",
                        "image_url",
                        "image_url",
                        Map.of("url", "https://example.com/a.png", "detail", "auto")),
                    Map.of("type", "image_url", "image_url", Map.of("url", PIXEL)),
                    Map.of(
                        "type",
                        "image",
                        "source",
                        Map.of("type", "base64", "media_type", "image/gif", "data", "R0lGODlh")))));

    List<Map<String, Object>> parts = Fields.maps(messages.get(0).get("content"));
    assertThat(parts.get(0)).containsEntry("text", "What is this?");
    assertThat(parts.subList(1, 4))
        .extracting(part -> Fields.map(part.get("image_url")).get("url"))
        .containsExactly("https://example.com/a.png", PIXEL, "data:image/gif;base64,R0lGODlh");
  }

  @Test
  void audio_arrives() throws Exception {
    Map<String, String> audio = Map.of("data", "AAAA", "format", "mp3");

    List<Map<String, Object>> messages =
        arrived(
            ChatMessage.of(
                "user",
                List.of(
                    Map.of("type", "text", "text", "Who speaks?"),
                    Map.of("type", "input_audio", "input_audio", audio))));

    assertThat(Fields.maps(messages.get(0).get("content")).get(1))
        .containsEntry("input_audio", audio);
  }

  @ParameterizedTest
  @ValueSource(strings = {"critic", "", "function"})
  void unknownRole_isRefusedWithItsPlace(String role) {
    assertThatThrownBy(
            () -> ask(options -> {}, chat(ChatMessage.user("a"), ChatMessage.of(role, "b"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Message 2 of the prompt cannot be converted: it has the role '"
                + role
                + "'; roles are system, developer, user, assistant and tool.");
    assertThat(provider.requests()).isEmpty();
  }

  @Test
  void missingRole_isRefused() {
    assertThatThrownBy(() -> ask(options -> {}, chat(ChatMessage.of(Map.of("content", "b")))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Message 1 of the prompt cannot be converted: it has no role;");
  }

  @Test
  void partsThatAreNotKnown_orEmpty_orMisplaced_areRefused() {
    List<ChatMessage> wrong =
        List.of(
            ChatMessage.of("user", List.of(Map.of("type", "hologram"))),
            ChatMessage.of("user", List.of(Map.of("type", "image_url"))),
            ChatMessage.of("user", List.of(17)),
            ChatMessage.of(
                "system", List.of(Map.of("type", "image_url", "image_url", Map.of("url", PIXEL)))));

    assertThat(wrong)
        .allSatisfy(
            message ->
                assertThatThrownBy(() -> ask(options -> {}, chat(message)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("Message 1 of the prompt cannot be converted: "));
  }

  @Test
  void generation_isLinkedToThePromptThatItWasGiven() throws Exception {
    sink.answeringRequests(PromptMessagesContract::prompts);
    ChatPrompt prompt = langfuse.prompts().getChat("support");
    answers();

    ask(options -> options.prompt(prompt), prompt.compile(Map.of("question", "Who?")));

    RecordedSpan generation = theSpan();
    assertThat(contentOf(arrived().get(0))).isEqualTo("You ask: Who?");
    assertThat(fields(generation))
        .containsEntry("prompt.name", "support")
        .containsEntry("prompt.version", 4L);
  }

  private static OtlpSink.Answer prompts(OtlpSink.Request request) {
    String prompt =
        "{\"name\":\"support\",\"version\":4,\"type\":\"chat\",\"config\":{},\"labels\":[],"
            + "\"tags\":[],\"prompt\":[{\"role\":\"user\",\"content\":\"You ask: {{question}}\"}]}";
    return request.path().contains("/prompts/")
        ? new OtlpSink.Answer(
            200,
            Map.of("Content-Type", "application/json"),
            prompt.getBytes(StandardCharsets.UTF_8))
        : OtlpSink.Answer.status(200);
  }

  @Test
  void example_sendsThePromptAndIsLinkedToIt() {
    sink.answeringRequests(PromptMessagesContract::prompts);
    answers();

    assertThat(example("Ada?")).isEqualTo("Hello Ada.");

    assertThat(contentOf(arrived().get(0))).isEqualTo("You ask: Ada?");
    assertThat(sent().stream().map(TracedTest::fields))
        .anySatisfy(
            fields ->
                assertThat(fields)
                    .containsEntry("type", "generation")
                    .containsEntry("prompt.name", "support")
                    .containsEntry("prompt.version", 4L));
  }

  @Test
  void generation_isNotLinkedToAFallback() throws Exception {
    sink.answering(number -> OtlpSink.Answer.status(number == 1 ? 404 : 200));
    TextPrompt prompt = langfuse.prompts().getText("greeting", o -> o.fallback("Hello?"));
    answers();

    ask(options -> options.prompt(prompt), prompt.compile());

    assertThat(fields(theSpan())).doesNotContainKeys("prompt.name", "prompt.version");
  }
}
