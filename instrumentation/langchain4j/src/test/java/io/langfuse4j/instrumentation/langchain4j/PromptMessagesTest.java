package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.model.chat.ChatModel;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.testing.PromptMessagesContract;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PromptMessagesTest extends PromptMessagesContract {

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledChat prompt) {
    ask(options, LangfuseLangChain4j.messages(prompt));
  }

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledText prompt) {
    ask(options, LangfuseLangChain4j.messages(prompt));
  }

  private void ask(Consumer<ModelCallOptions> options, List<ChatMessage> messages) {
    ChatModel model = LangfuseLangChain4j.builder(langfuse).wrap(OpenAiModels.chat(provider.url()));
    LangfuseLangChain4j.with(options, () -> model.chat(messages));
  }

  @Override
  protected String example(String question) {
    ChatModel model = LangfuseLangChain4j.builder(langfuse).wrap(OpenAiModels.chat(provider.url()));
    return LangChain4jPrompts.answer(langfuse, model, question).aiMessage().text();
  }

  @Test
  void whatLangChain4jHasNot_isRefused() {
    refused(Map.of("type", "file", "file", Map.of("file_data", "data:text/csv;base64,AA==")));
    refused(
        Map.of(
            "type", "image_url", "image_url", Map.of("url", "https://a.b/c", "detail", "extreme")));
    refused(Map.of("type", "image_url", "image_url", Map.of("url", "not an address")));
  }

  private static void refused(Map<String, ?> part) {
    CompiledChat prompt =
        new CompiledChat(
            List.of(io.langfuse4j.prompt.ChatMessage.of("user", List.of(part))), List.of());
    assertThatThrownBy(() -> LangfuseLangChain4j.messages(prompt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Message 1 of the prompt cannot be converted: ");
  }
}
