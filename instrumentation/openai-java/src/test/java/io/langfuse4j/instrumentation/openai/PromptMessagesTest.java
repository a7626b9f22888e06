package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.responses.ResponseCreateParams;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.testing.PromptMessagesContract;
import io.langfuse4j.prompt.ChatMessage;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromptMessagesTest extends PromptMessagesContract {

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledChat prompt) {
    ask(options, LangfuseOpenAI.messages(prompt));
  }

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledText prompt) {
    ask(options, LangfuseOpenAI.messages(prompt));
  }

  private void ask(Consumer<ModelCallOptions> options, List<ChatCompletionMessageParam> messages) {
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder().model("gpt-4o").messages(messages).build();
    LangfuseOpenAI.with(
        options,
        () ->
            LangfuseOpenAI.builder(langfuse)
                .wrap(held(OpenAIChat.client(provider.url())))
                .chat()
                .completions()
                .create(params));
  }

  @Override
  protected String example(String question) {
    return OpenAIPrompts.answer(
            langfuse,
            LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(provider.url()))),
            question)
        .choices()
        .get(0)
        .message()
        .content()
        .orElse("");
  }

  private static CompiledChat chat(ChatMessage... messages) {
    return new CompiledChat(List.of(messages), List.of());
  }

  @Test
  void developersAndNames_stayAsTheyAre() {
    List<ChatCompletionMessageParam> messages =
        LangfuseOpenAI.messages(
            chat(
                ChatMessage.of("developer", "Be brief."),
                ChatMessage.of(Map.of("role", "user", "content", "Hi", "name", "ada"))));

    assertThat(messages.get(0).asDeveloper().content().asText()).isEqualTo("Be brief.");
    assertThat(messages.get(1).asUser().name()).contains("ada");
  }

  @Test
  void responses_takeMessagesCallsAndResultsAsItemsOfTheirOwn() {
    Object items =
        Json.body(
                ResponseCreateParams.builder()
                    .model("gpt-4o")
                    .inputOfResponse(
                        LangfuseOpenAI.responseInput(
                            chat(
                                ChatMessage.system("Be brief."),
                                ChatMessage.of(
                                    "user",
                                    List.of(
                                        Map.of("type", "text", "text", "And here?"),
                                        Map.of(
                                            "type",
                                            "image_url",
                                            "image_url",
                                            Map.of("url", "https://example.com/a.png")))),
                                ChatMessage.of(
                                    Map.of(
                                        "role",
                                        "assistant",
                                        "content",
                                        "I look.",
                                        "tool_calls",
                                        List.of(
                                            Map.of(
                                                "id",
                                                "call-1",
                                                "function",
                                                Map.of("name", "look", "arguments", "{}"))))),
                                ChatMessage.of(
                                    Map.of(
                                        "role",
                                        "tool",
                                        "tool_call_id",
                                        "call-1",
                                        "content",
                                        "sea")))))
                    .build())
            .get("input");

    assertThat(items)
        .isEqualTo(
            List.of(
                Map.of("type", "message", "role", "system", "content", "Be brief."),
                Map.of(
                    "type",
                    "message",
                    "role",
                    "user",
                    "content",
                    List.of(
                        Map.of("type", "input_text", "text", "And here?"),
                        Map.of(
                            "type",
                            "input_image",
                            "image_url",
                            "https://example.com/a.png",
                            "detail",
                            "auto"))),
                Map.of("type", "message", "role", "assistant", "content", "I look."),
                Map.of(
                    "type",
                    "function_call",
                    "call_id",
                    "call-1",
                    "name",
                    "look",
                    "arguments",
                    "{}"),
                Map.of("type", "function_call_output", "call_id", "call-1", "output", "sea")));
  }

  @Test
  void responses_refuseAToolThatAnswersNothing() {
    assertThatThrownBy(() -> LangfuseOpenAI.responseInput(chat(ChatMessage.of("tool", "sea"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Message 1", "tool_call_id");
  }
}
