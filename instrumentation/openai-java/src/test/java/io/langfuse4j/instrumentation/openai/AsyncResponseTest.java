package io.langfuse4j.instrumentation.openai;

import com.openai.errors.OpenAIIoException;
import com.openai.models.responses.Response;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.AsyncChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.concurrent.CompletableFuture;

/** {@code client.async().responses().create(..)}. */
@Integrates(
    library = "openai-java",
    operation = "responses, async",
    without = {"CUT: not streamed", "ABANDONED: ends with the answer, whoever waits for it"})
class AsyncResponseTest extends AsyncChatContract {

  @Override
  protected ChatDialect dialect() {
    return new ResponsesWire();
  }

  @Override
  protected CompletableFuture<Response> start(Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)).async())
        .responses()
        .create(ResponsesWire.params(withTools));
  }

  @Override
  protected String textOf(Object answer) {
    return ResponsesWire.textOf((Response) answer);
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
