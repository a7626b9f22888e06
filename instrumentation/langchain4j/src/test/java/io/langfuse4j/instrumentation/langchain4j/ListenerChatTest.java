package io.langfuse4j.instrumentation.langchain4j;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;

/** A chat model with the listener. */
@Integrates(
    library = "langchain4j",
    operation = "ChatModel",
    way = "listener",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class ListenerChatTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new LangChain4jDialect();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return OpenAiModels.ask(
        OpenAiModels.chat(url, LangfuseLangChain4j.builder(langfuse).chatModelListener()),
        withTools);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAiModels.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return RuntimeException.class;
  }
}
