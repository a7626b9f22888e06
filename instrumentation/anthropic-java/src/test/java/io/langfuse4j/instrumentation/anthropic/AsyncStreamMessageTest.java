package io.langfuse4j.instrumentation.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code client.async().messages().createStreaming(..)}. */
@Integrates(library = "anthropic-java", operation = "messages, streamed, async")
class AsyncStreamMessageTest extends StreamedChatContract {

  private AsyncStreamResponse<RawMessageStreamEvent> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseAnthropic.builder(langfuse)
        .wrap(held(AnthropicChat.client(url)))
        .async()
        .messages()
        .createStreaming(AnthropicChat.params(withTools));
  }

  @Override
  protected ChatDialect dialect() {
    return new AnthropicWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    StringBuffer text = new StringBuffer();
    AsyncStreamResponse<RawMessageStreamEvent> stream = call(langfuse, url, withTools);
    stream.subscribe(event -> text.append(StreamMessageTest.textOf(event)));
    try {
      stream.onCompleteFuture().join();
    } catch (CompletionException e) {
      throw ModelCall.unwrapped(e);
    }
    return text.toString();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) throws Throwable {
    CountDownLatch hello = new CountDownLatch(1);
    AsyncStreamResponse<RawMessageStreamEvent> stream = call(langfuse, provider.url(), false);
    stream.subscribe(
        event -> {
          if (StreamMessageTest.textOf(event).equals("Hello")) {
            hello.countDown();
          }
        });
    assertThat(hello.await(60, TimeUnit.SECONDS)).isTrue();
    stream.close();
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    call(langfuse, provider.url(), false);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return AnthropicChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return AnthropicIoException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return AnthropicIoException.class;
  }
}
