package io.langfuse4j.instrumentation.openai;

import com.openai.errors.OpenAIIoException;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;

/** {@code client.responses().create(..)}. */
@Integrates(
    library = "openai-java",
    operation = "responses",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class SyncResponseTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new ResponsesWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return ResponsesWire.textOf(
        LangfuseOpenAI.builder(langfuse)
            .wrap(held(OpenAIChat.client(url)))
            .responses()
            .create(ResponsesWire.params(withTools)));
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
