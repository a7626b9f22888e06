package io.langfuse4j.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpan;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlockDeltaEvent;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;

/** {@code asyncClient.converseStream(..)}. */
@Integrates(
    library = "bedrockruntime",
    operation = "converseStream",
    without = "ABANDONED: the SDK pushes to a handler, whoever waits for the end")
class ConverseStreamTest extends StreamedChatContract {

  private CompletableFuture<Void> call(
      Langfuse langfuse, String url, boolean withTools, ConverseStreamResponseHandler handler) {
    return LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.asyncClient(url)))
        .converseStream(
            ConverseStreamRequest.builder()
                .modelId(BedrockWire.MODEL)
                .system(BedrockChat.system())
                .messages(BedrockChat.question(withTools))
                .inferenceConfig(BedrockChat.configuration())
                .toolConfig(BedrockChat.tools(withTools))
                .build(),
            handler);
  }

  static String textOf(ConverseStreamOutput event) {
    return event instanceof ContentBlockDeltaEvent delta && delta.delta().text() != null
        ? delta.delta().text()
        : "";
  }

  private static ConverseStreamResponseHandler handler(Consumer<ConverseStreamOutput> events) {
    return ConverseStreamResponseHandler.builder().subscriber(events).build();
  }

  @Override
  protected ChatDialect dialect() {
    return new BedrockWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    StringBuffer text = new StringBuffer();
    try {
      call(langfuse, url, withTools, handler(event -> text.append(textOf(event)))).join();
    } catch (CompletionException e) {
      throw ModelCall.unwrapped(e);
    }
    return text.toString();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) throws Throwable {
    CountDownLatch cancelled = new CountDownLatch(1);
    call(
        langfuse,
        provider.url(),
        false,
        ConverseStreamResponseHandler.builder()
            .onEventStream(events -> events.subscribe(new CancelledAt("Hello", cancelled)))
            .build());
    assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
  }

  private record CancelledAt(String text, CountDownLatch cancelled, Subscription[] subscription)
      implements Subscriber<ConverseStreamOutput> {

    CancelledAt(String text, CountDownLatch cancelled) {
      this(text, cancelled, new Subscription[1]);
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription[0] = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ConverseStreamOutput event) {
      if (textOf(event).equals(text)) {
        subscription[0].cancel();
        cancelled.countDown();
      }
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }

  @Override
  protected boolean canBeAbandoned() {
    return false;
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    throw new UnsupportedOperationException();
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return BedrockChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return SdkClientException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return SdkClientException.class;
  }

  @Test
  @Requirement("R9")
  void handler_runsInTheContextOfTheCaller() {
    answer(ChatReply.TEXT);
    try (LangfuseSpan root = langfuse.startActiveObservation("pipeline")) {
      call(
              langfuse,
              provider.url(),
              false,
              handler(
                  event -> {
                    if (textOf(event).equals("Hello")) {
                      langfuse.startObservation("handled").end();
                    }
                  }))
          .join();
    }

    assertThat(spanNamed("handled").parentSpanId()).isEqualTo(spanNamed("pipeline").spanId());
  }

  @Test
  @Requirement("R4")
  void subscriberThatHearsOfTheEnd_findsTheCallEnded() throws Exception {
    answer(ChatReply.TEXT);
    CompletableFuture<List<String>> ended = new CompletableFuture<>();

    call(
            langfuse,
            provider.url(),
            false,
            ConverseStreamResponseHandler.builder()
                .onEventStream(
                    events ->
                        events
                            .doAfterOnComplete(
                                () ->
                                    ended.complete(
                                        sent().stream().map(RecordedSpan::name).toList()))
                            .subscribe(event -> {}))
                .build())
        .join();

    assertThat(ended.get(60, TimeUnit.SECONDS)).containsExactly("Bedrock-generation");
    assertThat(theSpan().observation("status_message")).isNull();
  }
}
