package io.langfuse4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import dev.braintrust.trace.BraintrustProcessors;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * the bare client is what openai-java itself costs. Refuses to start if anybody's span lacks the
 * messages or the answer.
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

  @Param({"whole", "streamed"})
  private String answer = "whole";

  private Call call = new Call(false);
  private OpenAIClient bare = client("whole");
  private OpenAIClient langfuseClient = bare;
  private OpenAIClient braintrustClient = bare;
  private Langfuse langfuse = Tracers.langfuse().tracingEnabled(false).build();
  private SdkTracerProvider openTelemetry = SdkTracerProvider.builder().build();
  private SdkTracerProvider braintrust = openTelemetry;
  private BareCall bareCall = new BareCall(openTelemetry.get("none"));

  @Setup
  public void start() {
    call = new Call(answer.equals("streamed"));
    bare = client(answer);

    Gate langfuseGate = new Gate();
    langfuse = Tracers.langfuse().spanExporter(langfuseGate).build();
    langfuseClient = LangfuseOpenAI.builder(langfuse).wrap(client(answer));

    Gate openTelemetryGate = new Gate();
    openTelemetry = Tracers.openTelemetry(openTelemetryGate);
    bareCall = new BareCall(openTelemetry.get("benchmark"));

    Gate braintrustGate = new Gate();
    braintrust =
        SdkTracerProvider.builder()
            .addSpanProcessor(BraintrustProcessors.inFrontOf(Tracers.batches(braintrustGate)))
            .build();
    braintrustClient =
        BraintrustOpenAI.wrapOpenAI(
            OpenTelemetrySdk.builder().setTracerProvider(braintrust).build(), client(answer));

    langfuse();
    langfuse.flush();
    langfuseGate.open("Langfuse4j");
    openTelemetryByHand();
    openTelemetry.forceFlush().join(10, TimeUnit.SECONDS);
    openTelemetryGate.open("OpenTelemetry by hand");
    braintrust();
    braintrust.forceFlush().join(10, TimeUnit.SECONDS);
    braintrustGate.open("Braintrust");
  }

  @TearDown
  public void stop() {
    langfuse.close();
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
    return bareCall.record(call, bare);
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

  /** The same generation as one writes it by hand with OpenTelemetry and openai-java's mapper. */
  private static final class BareCall {

    private static final AttributeKey<String> TYPE =
        AttributeKey.stringKey("langfuse.observation.type");
    private static final AttributeKey<String> MODEL =
        AttributeKey.stringKey("langfuse.observation.model.name");
    private static final AttributeKey<String> INPUT =
        AttributeKey.stringKey("langfuse.observation.input");
    private static final AttributeKey<String> OUTPUT =
        AttributeKey.stringKey("langfuse.observation.output");
    private static final AttributeKey<String> USAGE =
        AttributeKey.stringKey("langfuse.observation.usage_details");

    private final JsonMapper mapper = ObjectMappers.jsonMapper();
    private final Tracer tracer;

    BareCall(Tracer tracer) {
      this.tracer = tracer;
    }

    ChatCompletion record(Call call, OpenAIClient client) {
      Span span = tracer.spanBuilder("chat").startSpan();
      try (io.opentelemetry.context.Scope scope = span.makeCurrent()) {
        span.setAttribute(TYPE, "generation");
        span.setAttribute(INPUT, json(call.params.messages()));
        ChatCompletion completion = call.on(client);
        span.setAttribute(MODEL, completion.model());
        span.setAttribute(OUTPUT, json(completion.choices().get(0).message()));
        completion.usage().ifPresent(usage -> span.setAttribute(USAGE, json(usage)));
        return completion;
      } finally {
        span.end();
      }
    }

    private String json(Object value) {
      try {
        return mapper.writeValueAsString(value);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("openai-java's own models can be encoded", e);
      }
    }
  }

  /** Keeps what is exported until it was looked at once; throws everything after that away. */
  private static final class Gate implements SpanExporter {

    private final Queue<SpanData> seen = new ConcurrentLinkedQueue<>();
    private volatile boolean open;

    /** Fails unless one span with both messages and the answer, in full length, has come. */
    void open(String who) {
      List<SpanData> spans = List.copyOf(seen);
      if (spans.size() != 1) {
        throw new IllegalStateException(who + " exported " + spans.size() + " spans for one call");
      }
      StringBuilder values = new StringBuilder();
      spans.get(0).getAttributes().forEach((key, value) -> values.append(value).append('\n'));
      String content = values.toString();
      boolean complete =
          List.of(SYSTEM, USER, ANSWER).stream().allMatch(content::contains)
              && content.length() >= 3 * TEXT;
      if (!complete) {
        throw new IllegalStateException(who + " did not record the call's content: " + content);
      }
      open = true;
      seen.clear();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      if (!open) {
        seen.addAll(spans);
      }
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
