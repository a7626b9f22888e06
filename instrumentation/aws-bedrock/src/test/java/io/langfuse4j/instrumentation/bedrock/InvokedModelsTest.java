package io.langfuse4j.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.AsyncCallContract;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedCallContract;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.ResponseStream;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** {@code invokeModel} both ways and its streaming form, however they go, with one maker's body. */
class InvokedModelsTest {

  private static final String MODEL = "anthropic.claude-3-haiku-20240307-v1:0";

  private static final SdkBytes BODY =
      SdkBytes.fromUtf8String(
          "{\"anthropic_version\":\"bedrock-2023-05-31\",\"max_tokens\":50,"
              + "\"messages\":[{\"role\":\"user\",\"content\":\"Hello?\"}]}");

  private static final Map<String, Object> PARAMETERS =
      Map.of("anthropic_version", "bedrock-2023-05-31", "max_tokens", 50);

  private static final List<Object> INPUT = List.of(Map.of("role", "user", "content", "Hello?"));

  @Nested
  @Integrates(library = "bedrockruntime", operation = "invokeModel")
  class Whole extends AsyncCallContract {

    private final InvokeModelRequest request =
        InvokeModelRequest.builder().modelId(MODEL).body(BODY).build();

    @Override
    protected void call(Langfuse langfuse, String url) {
      LangfuseBedrock.builder(langfuse).wrap(held(BedrockChat.client(url))).invokeModel(request);
    }

    @Override
    protected CompletableFuture<?> start(Langfuse langfuse, String url) {
      return LangfuseBedrock.builder(langfuse)
          .wrap(held(BedrockChat.asyncClient(url)))
          .invokeModel(request);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"id\":\"msg_1\",\"model\":\"claude-3-haiku\",\"role\":\"assistant\","
              + "\"content\":[{\"type\":\"text\",\"text\":\"Hello Ada.\"}],"
              + "\"stop_reason\":\"end_turn\",\"usage\":{\"input_tokens\":3,"
              + "\"output_tokens\":4,\"cache_read_input_tokens\":5}}");
    }

    @Override
    protected void refuse() {
      provider.json(429, SLOW_DOWN);
    }

    @Override
    protected String observationName() {
      return "Bedrock-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "claude-3-haiku",
          "model.parameters",
          PARAMETERS,
          "input",
          INPUT,
          "output",
          Map.of(
              "role",
              "assistant",
              "content",
              List.of(Map.of("type", "text", "text", "Hello Ada."))),
          "usage_details",
          Map.of("input", 3, "output", 4, "input_cached_tokens", 5, "total", 12),
          "metadata.response_id",
          "msg_1",
          "metadata.finish_reason",
          "end_turn");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return ThrottlingException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return SdkClientException.class;
    }
  }

  private static final String SLOW_DOWN =
      "{\"__type\":\"ThrottlingException\",\"message\":\"Slow down.\"}";

  @Nested
  @Integrates(
      library = "bedrockruntime",
      operation = "invokeModelWithResponseStream",
      without = "ABANDONED: the SDK pushes to a handler, whoever waits for the end")
  class Streamed extends StreamedCallContract {

    private static final List<String> CHUNKS =
        List.of(
            "{\"type\":\"message_start\",\"message\":{\"id\":\"msg_1\",\"model\":\"claude-3-haiku\","
                + "\"usage\":{\"input_tokens\":3,\"output_tokens\":1}}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\"Hello\"}}",
            "{\"type\":\"content_block_delta\",\"delta\":{\"type\":\"text_delta\","
                + "\"text\":\" Ada.\"}}",
            "{\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},"
                + "\"usage\":{\"output_tokens\":4}}");

    private static byte[] events(int count) {
      return BedrockWire.joined(
          CHUNKS.subList(0, count).stream()
              .map(chunk -> chunk.getBytes(StandardCharsets.UTF_8))
              .map(chunk -> Base64.getEncoder().encodeToString(chunk))
              .map(bytes -> BedrockWire.event("chunk", "{\"bytes\":\"" + bytes + "\"}"))
              .toList());
    }

    private CompletableFuture<Void> invoked(
        Langfuse langfuse, String url, InvokeModelWithResponseStreamResponseHandler handler) {
      return LangfuseBedrock.builder(langfuse)
          .wrap(held(BedrockChat.asyncClient(url)))
          .invokeModelWithResponseStream(r -> r.modelId(MODEL).body(BODY), handler);
    }

    @Override
    protected void call(Langfuse langfuse, String url) throws Throwable {
      try {
        invoked(
                langfuse,
                url,
                InvokeModelWithResponseStreamResponseHandler.builder()
                    .subscriber(event -> {})
                    .build())
            .join();
      } catch (CompletionException e) {
        throw ModelCall.unwrapped(e);
      }
    }

    @Override
    protected void answer() {
      provider.bytes(BedrockWire.STREAM, events(CHUNKS.size()));
    }

    @Override
    protected void refuse() {
      provider.json(429, SLOW_DOWN);
    }

    @Override
    protected void cut() {
      BedrockWire.cut(provider, events(2));
    }

    @Override
    protected void stall() {
      BedrockWire.stall(provider, events(2));
    }

    @Override
    protected Object firstPiece() {
      return Map.of("role", "assistant", "content", "Hello");
    }

    @Override
    protected void readAndClose(Langfuse langfuse) throws Throwable {
      CountDownLatch cancelled = new CountDownLatch(1);
      invoked(
          langfuse,
          provider.url(),
          InvokeModelWithResponseStreamResponseHandler.builder()
              .onEventStream(events -> events.subscribe(new CancelledAt(2, cancelled)))
              .build());
      assertThat(cancelled.await(60, TimeUnit.SECONDS)).isTrue();
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
    protected String observationName() {
      return "Bedrock-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "claude-3-haiku",
          "model.parameters",
          PARAMETERS,
          "input",
          INPUT,
          "output",
          Map.of("role", "assistant", "content", "Hello Ada."),
          "usage_details",
          Map.of("input", 3, "output", 4, "total", 7),
          "metadata.response_id",
          "msg_1",
          "metadata.finish_reason",
          "end_turn");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return ThrottlingException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return SdkClientException.class;
    }

    @Override
    protected Class<? extends Throwable> cutException() {
      return SdkClientException.class;
    }
  }

  /** Takes so many events and cancels. */
  private static final class CancelledAt implements Subscriber<ResponseStream> {

    private final CountDownLatch cancelled;
    private int left;
    private Subscription subscription;

    CancelledAt(int count, CountDownLatch cancelled) {
      this.left = count;
      this.cancelled = cancelled;
    }

    @Override
    public void onSubscribe(Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ResponseStream event) {
      if (--left == 0) {
        subscription.cancel();
        cancelled.countDown();
      }
    }

    @Override
    public void onError(Throwable thrown) {}

    @Override
    public void onComplete() {}
  }
}
