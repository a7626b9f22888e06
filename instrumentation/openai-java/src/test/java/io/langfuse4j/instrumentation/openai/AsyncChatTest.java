package io.langfuse4j.instrumentation.openai;

import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletion;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.AsyncChatContract;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.concurrent.CompletableFuture;

/** {@code client.async().chat().completions().create(..)}. */
@Integrates(
    library = "openai-java",
    operation = "chat completions, async",
    without = {"CUT: not streamed", "ABANDONED: ends with the answer, whoever waits for it"})
class AsyncChatTest extends AsyncChatContract {

  @Override
  protected CompletableFuture<ChatCompletion> start(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)).async())
        .chat()
        .completions()
        .create(OpenAIChat.params(withTools, false));
  }

  @Override
  protected String textOf(Object answer) {
    return ((ChatCompletion) answer)
        .choices().stream().findFirst().flatMap(choice -> choice.message().content()).orElse("");
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
