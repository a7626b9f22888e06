package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.exception.LangChain4jException;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import io.langfuse4j.testing.RecordedSpan;
import java.net.ConnectException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A streaming model that is wrapped. */
@Integrates(
    library = "langchain4j",
    operation = "StreamingChatModel",
    without = "ABANDONED: the library reads to the end, whoever holds the handler")
class StreamChatTest extends StreamedChatContract {

  /** Waits for the end. */
  private static final class Waiting implements StreamingChatResponseHandler {
    private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();

    @Override
    public void onCompleteResponse(ChatResponse response) {
      answer.complete(response);
    }

    @Override
    public void onError(Throwable error) {
      answer.completeExceptionally(error);
    }

    String text() throws Throwable {
      try {
        return Objects.toString(answer.get(60, TimeUnit.SECONDS).aiMessage().text(), "");
      } catch (ExecutionException e) {
        throw e.getCause();
      }
    }
  }

  @Override
  protected ChatDialect dialect() {
    return new LangChain4jDialect();
  }

  private static StreamingChatModel model(Langfuse langfuse, String url) {
    return LangfuseLangChain4j.builder(langfuse).wrap(OpenAiModels.streaming(url));
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    Waiting handler = new Waiting();
    model(langfuse, url).chat(OpenAiModels.request(withTools), handler);
    return handler.text();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) throws Throwable {
    CompletableFuture<String> first = new CompletableFuture<>();
    model(langfuse, provider.url())
        .chat(
            OpenAiModels.request(false),
            new StreamingChatResponseHandler() {
              @Override
              public void onPartialResponse(PartialResponse part, PartialResponseContext context) {
                context.streamingHandle().cancel();
                first.complete(part.text());
              }

              @Override
              public void onCompleteResponse(ChatResponse response) {}

              @Override
              public void onError(Throwable error) {}
            });
    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo("Hello");
  }

  @Override
  protected void readAndForget(Langfuse langfuse) throws Throwable {
    // The library holds the handler until the provider hangs up.
    readAndClose(langfuse);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAiModels.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return ConnectException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return LangChain4jException.class;
  }

  @Test
  void handler_isCalledInTheContextOfWhoAsked() throws Throwable {
    answer(ChatReply.TEXT);
    Waiting waiting = new Waiting();

    langfuse.run(
        "pipeline",
        root ->
            model(langfuse, provider.url())
                .chat(
                    OpenAiModels.request(false),
                    new StreamingChatResponseHandler() {
                      @Override
                      public void onPartialResponse(String text) {
                        langfuse.startObservation("part " + text.strip()).end();
                      }

                      @Override
                      public void onCompleteResponse(ChatResponse response) {
                        langfuse.startObservation("after").end();
                        waiting.onCompleteResponse(response);
                      }

                      @Override
                      public void onError(Throwable error) {
                        waiting.onError(error);
                      }
                    }));
    waiting.text();

    RecordedSpan root = spanNamed("pipeline");
    assertThat(spanNamed("after").parentSpanId()).isEqualTo(root.spanId());
    assertThat(spanNamed("part Hello").parentSpanId()).isEqualTo(root.spanId());
    assertThat(spanNamed("chat").endNanos()).isLessThanOrEqualTo(spanNamed("after").startNanos());
  }
}
