package io.langfuse4j.benchmarks;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientImpl;
import com.openai.core.ClientOptions;
import com.openai.core.ObjectMappers;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import dev.braintrust.instrumentation.openai.BraintrustOpenAI;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;
import io.opentelemetry.instrumentation.openai.v1_1.OpenAITelemetry;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.OpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One chat call through openai-java, two messages of 1 KB and an answer of 1 KB, whole or in twenty
 * chunks: what wrapping the client adds to the call. {@link StubChat} takes the network's place, so
 * the bare client is what openai-java itself costs. Refuses to start if anybody does not record the
 * messages and the answer.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 12, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class ChatCallBenchmark {

  private static final int TEXT = 1024;
  private static final int CHUNKS = 20;
  private static final String SYSTEM = "[system] ";
  private static final String USER = "[user] ";
  private static final String ANSWER = "[answer] ";
  private static final List<String> CONTENT = List.of(text(SYSTEM), text(USER), text(ANSWER));

  @Param({"whole", "streamed"})
  private String answer = "whole";

  private Call call = new Call(false);
  private OpenAIClient bare = client("whole");
  private OpenAIClient langfuseClient = bare;
  private OpenAIClient braintrustClient = bare;
  private OpenAIClient openTelemetryClient = bare;
  private Langfuse langfuse = Tracers.langfuse().tracingEnabled(false).build();
  private OpenTelemetrySdk byHand = OpenTelemetrySdk.builder().build();
  private OpenTelemetrySdk openTelemetry = byHand;
  private OpenTelemetrySdk braintrust = byHand;
  private BareSpan bareSpan = new BareSpan(byHand.getTracer("none"), ObjectMappers.jsonMapper());

  @Setup
  public void start() {
    call = new Call(answer.equals("streamed"));
    bare = client(answer);

    Gate langfuseGate = new Gate("Langfuse4j");
    langfuse = Tracers.langfuse().spanExporter(langfuseGate).build();
    langfuseClient = LangfuseOpenAI.builder(langfuse).wrap(client(answer));

    Gate byHandGate = new Gate("OpenTelemetry by hand");
    byHand = sdk(Tracers.openTelemetry(byHandGate)).build();
    bareSpan = new BareSpan(byHand.getTracer("benchmark"), ObjectMappers.jsonMapper());

    Gate openTelemetryGate = new Gate("OpenTelemetry's instrumentation");
    openTelemetry =
        sdk(Tracers.openTelemetry(openTelemetryGate))
            .setLoggerProvider(Tracers.logs(openTelemetryGate.logs()))
            .build();
    openTelemetryClient =
        OpenAITelemetry.builder(openTelemetry)
            .setCaptureMessageContent(true)
            .build()
            .wrap(client(answer));

    Gate braintrustGate = new Gate("Braintrust");
    braintrust = sdk(Tracers.braintrust(braintrustGate)).build();
    braintrustClient = BraintrustOpenAI.wrapOpenAI(braintrust, client(answer));

    langfuse();
    langfuse.flush();
    langfuseGate.open(CONTENT);
    openTelemetryByHand();
    flush(byHand);
    byHandGate.open(CONTENT);
    openTelemetryInstrumentation();
    flush(openTelemetry);
    openTelemetryGate.open(CONTENT);
    braintrust();
    flush(braintrust);
    braintrustGate.open(CONTENT);
  }

  private static OpenTelemetrySdkBuilder sdk(SdkTracerProvider spans) {
    return OpenTelemetrySdk.builder().setTracerProvider(spans);
  }

  private static void flush(OpenTelemetrySdk sdk) {
    sdk.getSdkTracerProvider().forceFlush().join(10, TimeUnit.SECONDS);
    sdk.getSdkLoggerProvider().forceFlush().join(10, TimeUnit.SECONDS);
  }

  @TearDown
  public void stop() {
    langfuse.close();
    byHand.close();
    openTelemetry.close();
    braintrust.close();
  }

  @Benchmark
  public ChatCompletion bareClient() {
    return call.on(bare);
  }

  @Benchmark
  public ChatCompletion langfuse() {
    return call.on(langfuseClient);
  }

  @Benchmark
  public ChatCompletion openTelemetryByHand() {
    return bareSpan.record(call.params, () -> call.on(bare));
  }

  /** Its spans have no content; it logs one event for each message, which is counted in. */
  @Benchmark
  public ChatCompletion openTelemetryInstrumentation() {
    return call.on(openTelemetryClient);
  }

  @Benchmark
  public ChatCompletion braintrust() {
    return call.on(braintrustClient);
  }

  private static OpenAIClient client(String answer) {
    String text = text(ANSWER);
    return new OpenAIClientImpl(
        ClientOptions.builder()
            .apiKey("sk-benchmark")
            .httpClient(
                answer.equals("streamed") ? StubChat.streamed(text, CHUNKS) : StubChat.whole(text))
            .build());
  }

  private static String text(String mark) {
    Object text = Conversation.ofBytes(TEXT).output().get(0).get("content");
    return (mark + text).substring(0, TEXT);
  }

  /** What the application does, whoever traces it: it wants the whole answer in either case. */
  private static final class Call {

    private final boolean streamed;
    private final ChatCompletionCreateParams params;

    Call(boolean streamed) {
      this.streamed = streamed;
      ChatCompletionCreateParams.Builder builder =
          ChatCompletionCreateParams.builder()
              .model("gpt-4o")
              .addSystemMessage(text(SYSTEM))
              .addUserMessage(text(USER))
              .temperature(0.2)
              .maxCompletionTokens(1024);
      if (streamed) {
        builder.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
      }
      params = builder.build();
    }

    ChatCompletion on(OpenAIClient client) {
      if (!streamed) {
        return client.chat().completions().create(params);
      }
      ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
      try (StreamResponse<ChatCompletionChunk> chunks =
          client.chat().completions().createStreaming(params)) {
        chunks.stream().forEach(whole::accumulate);
      }
      return whole.chatCompletion();
    }
  }
}
