package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.responses.ResponseStreamEvent;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code client.async().responses().createStreaming(..)}. */
@Integrates(library = "openai-java", operation = "responses, streamed, async")
class AsyncStreamResponseTest extends StreamedChatContract {

  @Override
  protected ChatDialect dialect() {
    return new ResponsesWire();
  }

  private AsyncStreamResponse<ResponseStreamEvent> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)))
        .async()
        .responses()
        .createStreaming(ResponsesWire.params(withTools));
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    StringBuffer text = new StringBuffer();
    AsyncStreamResponse<ResponseStreamEvent> stream = call(langfuse, url, withTools);
    stream.subscribe(event -> text.append(ResponsesWire.textOf(event)));
    try {
      stream.onCompleteFuture().join();
    } catch (CompletionException e) {
      throw OpenAIChat.unwrapped(e);
    }
    return text.toString();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) throws Throwable {
    CountDownLatch hello = new CountDownLatch(ResponsesWire.UNTIL_HELLO);
    AsyncStreamResponse<ResponseStreamEvent> stream = call(langfuse, provider.url(), false);
    stream.subscribe(event -> hello.countDown());
    assertThat(hello.await(60, TimeUnit.SECONDS)).isTrue();
    stream.close();
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    call(langfuse, provider.url(), false);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAIChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return OpenAIIoException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return OpenAIIoException.class;
  }
}
