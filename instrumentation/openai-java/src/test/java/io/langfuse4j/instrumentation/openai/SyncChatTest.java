package io.langfuse4j.instrumentation.openai;

import com.openai.errors.OpenAIIoException;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.Integrates;

/** {@code client.chat().completions().create(..)}. */
@Integrates(
    library = "openai-java",
    operation = "chat completions",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class SyncChatTest extends ChatContract {

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)))
        .chat()
        .completions()
        .create(OpenAIChat.params(withTools, false))
        .choices()
        .stream()
        .findFirst()
        .flatMap(choice -> choice.message().content())
        .orElse("");
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAIChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return OpenAIIoException.class;
  }
}
