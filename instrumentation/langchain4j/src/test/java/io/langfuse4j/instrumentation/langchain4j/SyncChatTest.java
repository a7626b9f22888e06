package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.Integrates;
import org.junit.jupiter.api.Test;

/** A chat model that is wrapped. */
@Integrates(
    library = "langchain4j",
    operation = "ChatModel",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class SyncChatTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new LangChain4jDialect();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    ChatModel model = LangfuseLangChain4j.builder(langfuse).wrap(OpenAiModels.chat(url));
    return OpenAiModels.ask(model, withTools);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAiModels.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return RuntimeException.class;
  }

  @Test
  void wrappedTwice_andWithAListener_isOneGeneration() {
    answer(ChatReply.TEXT);
    LangfuseLangChain4jBuilder builder = LangfuseLangChain4j.builder(langfuse);
    ChatModel model =
        builder.wrap(
            builder.wrap(
                (ChatModel) OpenAiModels.chat(provider.url(), builder.chatModelListener())));

    model.chat("Hello?");

    assertThat(sent()).hasSize(1);
  }

  @Test
  void options_nameDescribeAndLinkTheCallsInside() throws Exception {
    answer(ChatReply.TEXT);
    ChatModel model =
        LangfuseLangChain4j.builder(langfuse)
            .metadata("team", "lamps")
            .wrap(OpenAiModels.chat(provider.url()));

    LangfuseLangChain4j.with(
        o -> o.name("greet").prompt("greeting", 2), () -> model.chat("Hello?"));

    assertThat(theSpan().name()).isEqualTo("greet");
    assertThat(fields(theSpan()))
        .containsEntry("prompt.name", "greeting")
        .containsEntry("prompt.version", 2L)
        .containsEntry("metadata.team", "lamps");
  }
}
