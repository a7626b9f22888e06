package io.langfuse4j.junit;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpanProcessor;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Records the observations of each test in memory; nothing is sent anywhere. The client is also the
 * default one for the duration of the test, so that {@code @Observe} and {@code Langfuse.get()} use
 * it. A test that leaves an observation open fails; those of streams may end on their own threads
 * within seconds after the test.
 *
 * <pre>{@code
 * @RegisterExtension final LangfuseExtension langfuse = LangfuseExtension.create();
 *
 * @Test
 * void answer_asksTheModelOnce() {
 *   new HelpDesk(langfuse.client()).answer("Where is my order?");
 *
 *   assertThat(langfuse.observations()).hasTree("agent answer", "  generation ask");
 * }
 * }</pre>
 *
 * <p>With {@code @ExtendWith} a test takes a {@link Langfuse} or a {@code LangfuseExtension} as a
 * parameter. Tests that share an extension, or rely on the default client of the process, do not
 * run in parallel.
 */
public final class LangfuseExtension
    implements BeforeEachCallback, AfterEachCallback, ParameterResolver {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What another thread works on may end a little after the test has its last item. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final boolean failOnLeaks;
  private volatile @Nullable Recording current;

  /** For {@code @ExtendWith}. */
  public LangfuseExtension() {
    this(true);
  }

  private LangfuseExtension(boolean failOnLeaks) {
    this.failOnLeaks = failOnLeaks;
  }

  /** One that fails tests which leave an observation open. */
  public static LangfuseExtension create() {
    return new LangfuseExtension(true);
  }

  /** One that lets tests leave observations open. */
  public static LangfuseExtension createAllowingLeaks() {
    return new LangfuseExtension(false);
  }

  /** What a test has. */
  private static final class Recording {

    private final SpanRecorder recorder = new SpanRecorder();
    private final SdkTracerProvider provider;
    private final Langfuse client;

    Recording() {
      LangfuseSpanProcessor processor =
          LangfuseSpanProcessor.builder()
              .tracingEnabled(true)
              .captureContent(true)
              .shutdownHook(false)
              .spanExporter(recorder)
              .build();
      this.provider =
          SdkTracerProvider.builder()
              .addSpanProcessor(processor)
              .addSpanProcessor(recorder)
              .build();
      this.client = Langfuse.builder().tracerProvider(provider, processor).build();
    }

    void close() {
      client.close(PATIENCE);
      provider.close();
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    Recording recording = new Recording();
    current = recording;
    Langfuse.setDefault(recording.client);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Recording recording = recording();
    current = null;
    Langfuse.setDefault(null);
    boolean looks = failOnLeaks && context.getExecutionException().isEmpty();
    List<String> open = looks ? recording.recorder.openAfter(GRACE) : List.of();
    recording.close();
    if (!open.isEmpty()) {
      throw new AssertionError(
          "These observations were never ended: "
              + open
              + ". End them, in a try-with-resources for example, or use observe(...).");
    }
  }

  private Recording recording() {
    Recording recording = current;
    if (recording == null) {
      throw new IllegalStateException("There is a recording during a test only.");
    }
    return recording;
  }

  /** The client of the running test. */
  public Langfuse client() {
    return recording().client;
  }

  /** What ended so far in the running test. */
  public RecordedObservations observations() {
    Recording recording = recording();
    recording.client.flush(PATIENCE);
    return new RecordedObservations(
        recording.recorder.ended().stream().map(RecordedObservation::new).toList());
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Langfuse.class || type == LangfuseExtension.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Langfuse.class ? client() : this;
  }
}
