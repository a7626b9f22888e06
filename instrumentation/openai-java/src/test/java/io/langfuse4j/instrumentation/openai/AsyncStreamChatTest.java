package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.AsyncStreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code client.async().chat().completions().createStreaming(..)}. */
@Integrates(library = "openai-java", operation = "chat completions, streamed, async")
class AsyncStreamChatTest extends StreamedChatContract {

  private AsyncStreamResponse<ChatCompletionChunk> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)))
        .async()
        .chat()
        .completions()
        .createStreaming(OpenAIChat.params(withTools, true));
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    StringBuffer text = new StringBuffer();
    AsyncStreamResponse<ChatCompletionChunk> stream = call(langfuse, url, withTools);
    stream.subscribe(chunk -> text.append(StreamChatTest.textOf(chunk)));
    try {
      stream.onCompleteFuture().join();
    } catch (CompletionException e) {
      throw OpenAIChat.unwrapped(e);
    }
    return text.toString();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) throws Throwable {
    CountDownLatch two = new CountDownLatch(2);
    AsyncStreamResponse<ChatCompletionChunk> stream = call(langfuse, provider.url(), false);
    stream.subscribe(chunk -> two.countDown());
    assertThat(two.await(60, TimeUnit.SECONDS)).isTrue();
    stream.close();
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

  @Test
  @Requirement("R6")
  void refusedAndNobodySubscribed_isStillAnError() {
    provider.json(429, ChatWire.error("Slow down.", "requests", "rate_limit_exceeded"));
    AsyncStreamResponse<ChatCompletionChunk> stream = call(langfuse, provider.url(), false);

    assertThat(theSpan().statusMessage()).contains("Slow down.");
    stream.close();
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    call(langfuse, provider.url(), false);
  }

  @Test
  @Requirement("R9")
  void handler_runsInTheContextOfTheSubscriber() {
    provider.events(ChatWire.textEvents());
    try (LangfuseSpan root = langfuse.startActiveObservation("pipeline")) {
      AsyncStreamResponse<ChatCompletionChunk> stream = call(langfuse, provider.url(), false);
      stream.subscribe(
          chunk -> {
            if (StreamChatTest.textOf(chunk).equals("Hello")) {
              langfuse.startObservation("handled").end();
            }
          });
      stream.onCompleteFuture().join();
    }

    RecordedSpan root = spanNamed("pipeline");
    assertThat(spanNamed("handled").parentSpanId()).isEqualTo(root.spanId());
    assertThat(spanNamed("OpenAI-generation").parentSpanId()).isEqualTo(root.spanId());
  }
}
