package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.testing.PromptMessagesContract;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import io.micrometer.observation.ObservationRegistry;
import java.util.List;
import java.util.function.Consumer;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.prompt.Prompt;

class PromptMessagesTest extends PromptMessagesContract {

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledChat prompt) {
    ask(options, LangfuseSpringAI.messages(prompt));
  }

  @Override
  protected void ask(Consumer<ModelCallOptions> options, CompiledText prompt) {
    ask(options, LangfuseSpringAI.messages(prompt));
  }

  private void ask(Consumer<ModelCallOptions> options, List<Message> messages) {
    LangfuseSpringAI.with(
        options,
        () ->
            OpenAiModels.chat(provider.url(), ChatModelTest.registry(langfuse))
                .call(new Prompt(messages)));
  }

  @Override
  protected String example(String question) {
    ObservationRegistry registry = ChatModelTest.registry(langfuse);
    return SpringAIPrompts.answer(
        langfuse,
        ChatClient.create(OpenAiModels.chat(provider.url(), registry), registry),
        question);
  }
}
