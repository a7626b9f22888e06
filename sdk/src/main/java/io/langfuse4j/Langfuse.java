package io.langfuse4j;

import io.langfuse4j.api.LangfuseApi;
import io.langfuse4j.dataset.Datasets;
import io.langfuse4j.experiment.Experiment;
import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.media.MediaResolver;
import io.langfuse4j.internal.observed.ObservingProxy;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.langfuse4j.internal.result.PendingStages;
import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import io.langfuse4j.prompt.Prompts;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The Langfuse client: makes observations and sends them to a Langfuse server.
 *
 * <pre>{@code
 * Langfuse langfuse = Langfuse.get();
 * String answer = langfuse.observe("answer-question", GENERATION, generation -> {
 *   generation.model("gpt-4o").input(question);
 *   String text = callModel(question);
 *   generation.output(text).usage(u -> u.input(10).output(5));
 *   return text;
 * });
 * }</pre>
 *
 * <p>There are three ways to make an observation, freely mixed because all use the OpenTelemetry
 * context: a callback ({@link #observe}, {@link #run}, {@link #observeAsync}), a scope ({@link
 * #startActiveObservation}) and a plain object ({@link #startObservation}). A new observation is a
 * child of the one that is current when it starts.
 *
 * <p>Observations are sent in the background, in batches, and when the JVM exits. Nothing here
 * throws into the application or blocks it on account of the network; {@link #stats()} tells what
 * was lost. Without keys, or with tracing switched off, everything works, does nothing and costs
 * next to nothing.
 *
 * <p>Thread-safe. One client serves a whole application; it is never the global OpenTelemetry.
 */
public final class Langfuse implements AutoCloseable {

  private static final Logger logger = Logger.getLogger(Langfuse.class.getName());
  private static final Warnings warnings = new Warnings(logger);
  private static final Duration EXIT_TIMEOUT = Duration.ofSeconds(5);
  private static final Object DEFAULT_LOCK = new Object();
  private static volatile @Nullable Langfuse defaultClient;

  private final Tracing tracing;
  private final LangfuseSpanProcessor processor;
  private final @Nullable SdkTracerProvider ownProvider;
  private final boolean observeIoCapture;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final @Nullable Thread exitHook;

  Langfuse(
      Tracing tracing, LangfuseSpanProcessor processor, @Nullable SdkTracerProvider ownProvider) {
    this.tracing = tracing;
    this.processor = processor;
    this.ownProvider = ownProvider;
    this.observeIoCapture = processor.pipeline().configuration().get(Settings.OBSERVE_IO_CAPTURE);
    boolean hook = processor.pipeline().configuration().get(Settings.SHUTDOWN_HOOK);
    if (tracing.enabled()) {
      AgentContext.offer();
    }
    this.exitHook = tracing.enabled() && hook ? installExitHook() : null;
  }

  private Thread installExitHook() {
    boolean warns =
        logger.isLoggable(java.util.logging.Level.WARNING) && Warnings.isHandled(logger);
    Thread hook = new Thread(() -> closeAtExit(warns), "langfuse-exit");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException alreadyExiting) {
      logger.fine("The JVM is exiting already; close() sends what is queued.");
    }
    return hook;
  }

  private void closeAtExit(boolean warns) {
    if (warns) {
      Warnings.logsAreClosing();
    }
    close(EXIT_TIMEOUT);
  }

  /**
   * The process-wide client, made on the first call from {@code LANGFUSE_*} variables and {@code
   * langfuse.*} system properties. After it was closed the next call makes a new one.
   */
  public static Langfuse get() {
    Langfuse existing = defaultClient;
    if (existing != null && !existing.closed.get()) {
      return existing;
    }
    synchronized (DEFAULT_LOCK) {
      existing = defaultClient;
      if (existing == null || existing.closed.get()) {
        existing = builder().build();
        defaultClient = existing;
      }
      return existing;
    }
  }

  /**
   * Makes {@code client} the one that {@link #get()} returns and that methods with {@link Observe}
   * use. It is not closed when it is replaced.
   *
   * @param client null makes the next {@link #get()} build one
   */
  public static void setDefault(@Nullable Langfuse client) {
    synchronized (DEFAULT_LOCK) {
      defaultClient = client;
    }
  }

  /** Builds a client with settings of its own, for example for a second project. */
  public static LangfuseBuilder builder() {
    return new LangfuseBuilder();
  }

  /** False if observations do nothing. */
  public boolean isEnabled() {
    return tracing.enabled() && !closed.get();
  }

  // Callback: current for its duration, ended whichever way it ends.

  /**
   * Runs {@code body} inside a span and returns its result. What it throws is recorded and thrown
   * on, the same instance.
   */
  public <T extends @Nullable Object, X extends Exception> T observe(
      String name, ObservationFunction<LangfuseSpan, T, X> body) throws X {
    return observe(name, ObservationType.SPAN, body);
  }

  /** As {@link #observe(String, ObservationFunction)}, with an observation of the given type. */
  public <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception>
      T observe(String name, ObservationType<O> type, ObservationFunction<O, T, X> body) throws X {
    return Bodies.call(startActiveObservation(name, type), body);
  }

  /** As {@link #observe(String, ObservationFunction)}, for example in a trace given by its id. */
  public <T extends @Nullable Object, X extends Exception> T observe(
      String name, Consumer<StartOptions> options, ObservationFunction<LangfuseSpan, T, X> body)
      throws X {
    return observe(name, ObservationType.SPAN, options, body);
  }

  /** All of the above together. */
  public <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception>
      T observe(
          String name,
          ObservationType<O> type,
          Consumer<StartOptions> options,
          ObservationFunction<O, T, X> body)
          throws X {
    return Bodies.call(startActiveObservation(name, type, options), body);
  }

  /** {@link #observe(String, ObservationFunction)} for work without a result. */
  public <X extends Exception> void run(String name, ObservationTask<LangfuseSpan, X> body)
      throws X {
    run(name, ObservationType.SPAN, body);
  }

  /** As {@link #run(String, ObservationTask)}, with an observation of the given type. */
  public <O extends LangfuseObservation<O>, X extends Exception> void run(
      String name, ObservationType<O> type, ObservationTask<O, X> body) throws X {
    Bodies.run(startActiveObservation(name, type), body);
  }

  /** As {@link #run(String, ObservationTask)}, for example in a trace given by its id. */
  public <X extends Exception> void run(
      String name, Consumer<StartOptions> options, ObservationTask<LangfuseSpan, X> body) throws X {
    Bodies.run(startActiveObservation(name, ObservationType.SPAN, options), body);
  }

  /** All of the above together. */
  public <O extends LangfuseObservation<O>, X extends Exception> void run(
      String name,
      ObservationType<O> type,
      Consumer<StartOptions> options,
      ObservationTask<O, X> body)
      throws X {
    Bodies.run(startActiveObservation(name, type, options), body);
  }

  /** {@link #observeAsync(String, ObservationType, ObservationFunction)} with a span. */
  public <T extends @Nullable Object, X extends Exception> CompletionStage<T> observeAsync(
      String name, ObservationFunction<LangfuseSpan, CompletionStage<T>, X> body) throws X {
    return observeAsync(name, ObservationType.SPAN, body);
  }

  /**
   * Runs {@code body}, which starts asynchronous work, with the observation current; ends it when
   * the work completes, fails or is cancelled. The stage that is returned completes after the
   * observation has ended; cancelling it cancels the work.
   */
  public <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception>
      CompletionStage<T> observeAsync(
          String name, ObservationType<O> type, ObservationFunction<O, CompletionStage<T>, X> body)
          throws X {
    return Bodies.callAsync(startActiveObservation(name, type), body);
  }

  /**
   * As {@link #observeAsync(String, ObservationType, ObservationFunction)}, for example in a trace
   * given by its id.
   */
  public <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception>
      CompletionStage<T> observeAsync(
          String name,
          ObservationType<O> type,
          Consumer<StartOptions> options,
          ObservationFunction<O, CompletionStage<T>, X> body)
          throws X {
    return Bodies.callAsync(startActiveObservation(name, type, options), body);
  }

  // Wrapped: functions and objects that make an observation of every call.

  /** A function that does what {@code function} does and is observed. */
  public <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> observed(
      String name, Function<A, R> function) {
    return observed(name).function(function);
  }

  /** As {@link #observed(String, Function)}, with observations of the given type. */
  public <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> observed(
      String name, ObservationType<?> type, Function<A, R> function) {
    return observed(name, type).function(function);
  }

  /** A function that does what {@code function} does and is observed. */
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      BiFunction<A, B, R> observed(String name, BiFunction<A, B, R> function) {
    return observed(name).biFunction(function);
  }

  /** As {@link #observed(String, BiFunction)}, with observations of the given type. */
  public <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
      BiFunction<A, B, R> observed(
          String name, ObservationType<?> type, BiFunction<A, B, R> function) {
    return observed(name, type).biFunction(function);
  }

  /** A supplier that does what {@code supplier} does and is observed. */
  public <R extends @Nullable Object> Supplier<R> observed(String name, Supplier<R> supplier) {
    return observed(name).supplier(supplier);
  }

  /** As {@link #observed(String, Supplier)}, with observations of the given type. */
  public <R extends @Nullable Object> Supplier<R> observed(
      String name, ObservationType<?> type, Supplier<R> supplier) {
    return observed(name, type).supplier(supplier);
  }

  /** A task that does what {@code runnable} does and is observed. */
  public Runnable observed(String name, Runnable runnable) {
    return observed(name).runnable(runnable);
  }

  /** As {@link #observed(String, Runnable)}, with observations of the given type. */
  public Runnable observed(String name, ObservationType<?> type, Runnable runnable) {
    return observed(name, type).runnable(runnable);
  }

  /**
   * For the other kinds of function, whose lambdas the compiler could not tell apart, and for
   * options: {@code observed("ask").captureInput(false).callable(() -> ask(question))}.
   */
  public Observed observed(String name) {
    return observed(name, ObservationType.SPAN);
  }

  /** As {@link #observed(String)}, with observations of the given type. */
  public Observed observed(String name, ObservationType<?> type) {
    return new Observed(this, name, type);
  }

  /**
   * An object that passes every call of {@code type}'s methods on to {@code target} and observes
   * it. {@link Observe} on a method of the target, or else of the interface, refines how.
   *
   * @param type an interface
   */
  public <T> T observed(Class<T> type, T target) {
    return ObservingProxy.create(this, type, target);
  }

  /** Whether arguments and results of observed methods are recorded unless they say otherwise. */
  public boolean observeIoCapture() {
    return observeIoCapture;
  }

  /** Runs {@code task}, then {@link #flush()}: for functions that are frozen once they return. */
  public <X extends Exception> void runAndFlush(PropagationScope.Task<X> task) throws X {
    try {
      task.run();
    } finally {
      flush();
    }
  }

  // Scope: current until it is closed.

  /** Starts a span that is current until it is closed; for try-with-resources. */
  public LangfuseSpan startActiveObservation(String name) {
    return startActiveObservation(name, ObservationType.SPAN);
  }

  /**
   * Starts an observation that is current until it is closed, on the same thread. {@code close()}
   * cannot know that the block failed: call {@link LangfuseObservation#fail} in a catch clause, or
   * prefer {@link #observe}.
   */
  public <O extends LangfuseObservation<O>> O startActiveObservation(
      String name, ObservationType<O> type) {
    return tracing.startActive(name, type, null);
  }

  /** As {@link #startActiveObservation(String, ObservationType)}, with parent or start time. */
  public <O extends LangfuseObservation<O>> O startActiveObservation(
      String name, ObservationType<O> type, Consumer<StartOptions> options) {
    return tracing.startActive(name, type, chosen(options));
  }

  // Plain: never current, must be ended.

  /** Starts a span that is not current and must be ended. */
  public LangfuseSpan startObservation(String name) {
    return startObservation(name, ObservationType.SPAN);
  }

  /** Starts an observation that is not current and must be ended, on whatever thread. */
  public <O extends LangfuseObservation<O>> O startObservation(
      String name, ObservationType<O> type) {
    return tracing.start(name, type, null);
  }

  /** As {@link #startObservation(String, ObservationType)}, with parent or start time. */
  public <O extends LangfuseObservation<O>> O startObservation(
      String name, ObservationType<O> type, Consumer<StartOptions> options) {
    return tracing.start(name, type, chosen(options));
  }

  /** Records an event with nothing but a name. */
  public LangfuseEvent createEvent(String name) {
    return createEvent(name, event -> {});
  }

  /** Records an event: a moment, not a period. It is ended when this returns. */
  public LangfuseEvent createEvent(String name, Consumer<? super LangfuseEvent> attributes) {
    return startObservation(name, ObservationType.EVENT).update(attributes).end();
  }

  private static StartOptions chosen(Consumer<StartOptions> options) {
    StartOptions chosen = new StartOptions();
    options.accept(chosen);
    return chosen;
  }

  // The current observation.

  /** Updates the current observation, whatever its type. */
  public void updateCurrentObservation(Consumer<? super LangfuseObservation<?>> changes) {
    LangfuseObservation<?> current = current("updateCurrentObservation");
    if (current != null) {
      changes.accept(current);
    }
  }

  /** Updates the current observation with what every observation has; keeps its type. */
  public void updateCurrentSpan(Consumer<? super LangfuseSpan> changes) {
    LangfuseObservation<?> current = current("updateCurrentSpan");
    if (current != null) {
      changes.accept(ObservationType.SPAN.create(current.started));
    }
  }

  /**
   * Updates the current observation with what a generation has. An observation of a type without a
   * model becomes a generation.
   */
  public void updateCurrentGeneration(Consumer<? super LangfuseGeneration> changes) {
    LangfuseObservation<?> current = current("updateCurrentGeneration");
    if (current != null) {
      if (!(current instanceof LangfuseModelCall)) {
        current.set(LangfuseAttributes.OBSERVATION_TYPE, ObservationType.GENERATION.wireName());
      }
      changes.accept(ObservationType.GENERATION.create(current.started));
    }
  }

  /**
   * Sets input and output of the whole trace from anywhere inside it.
   *
   * @deprecated exists for evaluators that read the trace; set them on the root observation
   *     instead.
   */
  @Deprecated(since = "0.1")
  public void setCurrentTraceIO(@Nullable Object input, @Nullable Object output) {
    LangfuseObservation<?> current = current("setCurrentTraceIO");
    if (current != null) {
      current.setTraceIO(input, output);
    }
  }

  /** Lets anybody with the link see the current trace. */
  public void setCurrentTraceAsPublic() {
    LangfuseObservation<?> current = current("setCurrentTraceAsPublic");
    if (current != null) {
      current.setTraceAsPublic();
    }
  }

  /** Trace id of the current observation; null if there is none. */
  public @Nullable String currentTraceId() {
    SpanContext current = currentSpanContext();
    return current == null ? null : current.getTraceId();
  }

  /** Id of the current observation; null if there is none. */
  public @Nullable String currentObservationId() {
    SpanContext current = currentSpanContext();
    return current == null ? null : current.getSpanId();
  }

  private @Nullable SpanContext currentSpanContext() {
    if (!tracing.enabled()) {
      return null;
    }
    LangfuseObservation<?> current = CurrentObservation.in(Context.current());
    SpanContext context = (current == null ? Span.current() : current.span()).getSpanContext();
    return context.isValid() ? context : null;
  }

  private @Nullable LangfuseObservation<?> current(String method) {
    if (!tracing.enabled()) {
      return null;
    }
    LangfuseObservation<?> current = CurrentObservation.in(Context.current());
    if (current == null) {
      warnings.once(method, method + " was called with no observation active; it did nothing.");
    }
    return current;
  }

  // Scores.

  /**
   * Scores a trace, an observation, a session or a dataset run, whichever the score names. Sent in
   * the background; a score of a trace that is not sampled is not sent, scores of sessions and runs
   * always are. Where the application brought its own tracer provider this cannot know what is
   * sampled and sends the score.
   *
   * @throws IllegalArgumentException if name, value or target are missing or make no sense; says
   *     what to change
   */
  public void score(Consumer<? super Score> score) {
    Score made = new Score();
    score.accept(made);
    if (tracing.enabled() && ownProvider != null) {
      processor.pipeline().scores().add(made);
    } else {
      tracing.score(made, true, null);
    }
  }

  /** Scores the current observation with a number. */
  public void scoreCurrentObservation(String name, double value) {
    scoreCurrentObservation(score -> score.name(name).value(value));
  }

  /** Scores the current observation with yes or no. */
  public void scoreCurrentObservation(String name, boolean value) {
    scoreCurrentObservation(score -> score.name(name).value(value));
  }

  /** Scores the current observation with a category. */
  public void scoreCurrentObservation(String name, String value) {
    scoreCurrentObservation(score -> score.name(name).value(value));
  }

  /** Scores the current observation, for example with a comment. */
  public void scoreCurrentObservation(Consumer<? super Score> score) {
    LangfuseObservation<?> current = current("scoreCurrentObservation");
    if (current != null) {
      current.score(score);
    }
  }

  /** Scores the current trace with a number. */
  public void scoreCurrentTrace(String name, double value) {
    scoreCurrentTrace(score -> score.name(name).value(value));
  }

  /** Scores the current trace with yes or no. */
  public void scoreCurrentTrace(String name, boolean value) {
    scoreCurrentTrace(score -> score.name(name).value(value));
  }

  /** Scores the current trace with a category. */
  public void scoreCurrentTrace(String name, String value) {
    scoreCurrentTrace(score -> score.name(name).value(value));
  }

  /** Scores the current trace, for example with a comment. */
  public void scoreCurrentTrace(Consumer<? super Score> score) {
    LangfuseObservation<?> current = current("scoreCurrentTrace");
    if (current != null) {
      current.scoreTrace(score);
    }
  }

  // What the server keeps.

  /** The server's public API: reading traces back, and everything without a method of its own. */
  public LangfuseApi api() {
    return processor.pipeline().server().api();
  }

  /** Prompts by name. Works where tracing is switched off, as long as there are keys. */
  public Prompts prompts() {
    return processor.pipeline().server().prompts();
  }

  /** The datasets of the project. */
  public Datasets datasets() {
    return processor.pipeline().server().datasets();
  }

  /** Begins an experiment: a task tried on data and judged. Works without a server, too. */
  public Experiment experiment(String name) {
    return new Experiment(this, name);
  }

  /** Address of the server; null if there is none. */
  public @Nullable String baseUrl() {
    return processor.pipeline().server().baseUrl();
  }

  /** Whether inputs and outputs are recorded. */
  public boolean capturesContent() {
    return processor.pipeline().configuration().get(Settings.CAPTURE_CONTENT);
  }

  // The whole trace.

  /**
   * Gives every observation that starts inside the block these attributes, whoever makes it, and
   * sets them on the current span too. Call it early: what started before does not get them.
   *
   * <pre>{@code
   * try (Scope scope = Langfuse.propagateAttributes(a -> a.userId("user_123").sessionId("s-1"))) {
   *   answer();
   * }
   * Langfuse.propagateAttributes(a -> a.userId("user_123")).run(() -> answer());
   * }</pre>
   *
   * <p>Blocks nest: metadata and tags accumulate, everything else is replaced inside and restored
   * outside.
   */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes the scope
  public static PropagationScope propagateAttributes(Consumer<? super TraceAttributes> attributes) {
    TraceAttributes given = new TraceAttributes();
    attributes.accept(given);
    Context context = Context.current();
    PropagatedAttributes merged = given.build().over(PropagatedAttributes.from(context));
    LangfuseObservation<?> observation = CurrentObservation.in(context);
    // Under OpenTelemetry's agent the context does not know the observation's span.
    Span current =
        observation == null || Span.current().isRecording() ? Span.current() : observation.span();
    if (current.isRecording()) {
      merged.attributes().forEach((key, value) -> copy(current, key, value));
    }
    Context propagated = context.with(merged);
    return new PropagationScope(
        (observation == null ? propagated : Tracing.claimed(propagated, observation))
            .makeCurrent());
  }

  @SuppressWarnings("unchecked")
  private static <T> void copy(Span span, AttributeKey<?> key, Object value) {
    span.setAttribute((AttributeKey<T>) key, (T) value);
  }

  /**
   * Lets the next observation join a trace by id, whoever makes it: the way to call a method with
   * {@link Observe} in a trace from elsewhere.
   *
   * <pre>{@code
   * Langfuse.joinTrace(TraceContext.of(traceId, parentSpanId)).run(() -> service.answer(question));
   * }</pre>
   */
  @SuppressWarnings("MustBeClosedChecker") // the caller closes the scope
  public static PropagationScope joinTrace(TraceContext trace) {
    return new PropagationScope(TraceJoin.store(Context.current(), trace).makeCurrent());
  }

  // Ids and links.

  /** A random trace id: 32 lower-case hexadecimal characters. */
  public static String createTraceId() {
    return IdGenerator.random().generateTraceId();
  }

  /**
   * A trace id that is always the same for the same seed, for example the id of a ticket. The first
   * 16 bytes of the seed's SHA-256, as in the other SDKs.
   *
   * @param seed null or empty gives a random id
   */
  public static String createTraceId(@Nullable String seed) {
    if (seed == null || seed.isEmpty()) {
      return createTraceId();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(seed.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Address of a trace in the Langfuse user interface. Asks the server for the project the first
   * time, which blocks for one request.
   *
   * @return null if tracing is off or {@code traceId} is null
   */
  public @Nullable String traceUrl(@Nullable String traceId) {
    return traceId == null ? null : tracing.traceUrl(traceId);
  }

  // Files.

  /**
   * A copy of a value, such as the output of a trace, in which the files that references stand for
   * are back as data URIs. Looks ten levels deep into maps, lists and beans, which become maps.
   * Blocks for two requests per file; a file that cannot be fetched stays a reference and is said
   * in the log.
   *
   * @return {@code value} itself if there is no server to ask
   */
  public @Nullable Object resolveMediaReferences(@Nullable Object value) {
    MediaResolver resolver = processor.pipeline().server().mediaResolver();
    return resolver == null ? value : resolver.resolve(value);
  }

  /**
   * The file that a reference stands for. Blocks for two requests.
   *
   * @throws IOException if it cannot be had; the message says why
   */
  public LangfuseMedia fetchMedia(LangfuseMediaReference reference) throws IOException {
    MediaResolver resolver = processor.pipeline().server().mediaResolver();
    if (resolver == null) {
      throw new IOException("There is no Langfuse server to ask for media.");
    }
    return resolver.fetch(reference);
  }

  // Other threads.

  /** {@code task}, run with the observation and attributes that are current now. */
  public Runnable wrap(Runnable task) {
    return Context.current().wrap(task);
  }

  /** {@code task}, called with the observation and attributes that are current now. */
  public <T> Callable<T> wrap(Callable<T> task) {
    return Context.current().wrap(task);
  }

  /**
   * {@code supplier}, called with the observation and attributes that are current now. Has a name
   * of its own because a lambda could be a {@link Callable} as well.
   */
  public <T> Supplier<T> wrapSupplier(Supplier<T> supplier) {
    return Context.current().wrapSupplier(supplier);
  }

  /** {@code function}, called with the observation and attributes that are current now. */
  public <T, R> Function<T, R> wrap(Function<T, R> function) {
    return Context.current().wrapFunction(function);
  }

  /**
   * An executor whose tasks run with what is current where they are submitted. Works with executors
   * of virtual threads.
   */
  public ExecutorService wrap(ExecutorService executor) {
    return Context.taskWrapping(executor);
  }

  // Lifecycle.

  /**
   * For instrumentation that makes its own OpenTelemetry spans: those that belong in Langfuse are
   * sent with ours. A no-op provider if tracing is off or the application brought its own.
   */
  public TracerProvider tracerProvider() {
    return ownProvider == null ? TracerProvider.noop() : ownProvider;
  }

  /** {@link #spanProcessor(Predicate)} that sends whatever this client sends. */
  public LangfuseSpanProcessor spanProcessor() {
    return spanProcessor(span -> true);
  }

  /**
   * For the tracer provider of the application: sends the spans of other libraries that belong in
   * Langfuse through this client, with its settings, mask, queue and {@link #stats()}. Observations
   * stay in the client's own provider, so the application's sampler does not apply to them.
   *
   * <pre>{@code
   * SdkTracerProvider.builder().addSpanProcessor(langfuse.spanProcessor())
   * }</pre>
   *
   * <p>Closing the provider leaves the client open. Does nothing for a client that was built with
   * {@link LangfuseBuilder#tracerProvider}, whose own processor sends those spans already.
   *
   * @param shouldExportSpan asked about spans that the client would send; false leaves one out
   */
  public LangfuseSpanProcessor spanProcessor(Predicate<ReadableSpan> shouldExportSpan) {
    return processor.beside(ownProvider == null ? span -> false : shouldExportSpan);
  }

  /** {@link #flush(Duration)} with the request timeout. */
  public boolean flush() {
    return flush(processor.pipeline().timeout());
  }

  /**
   * Sends every observation that ended and every score that was made before this call, and waits
   * for the outcome of both.
   *
   * @return true if the server took all of it in time; false if some was refused or is still on its
   *     way, see {@link #stats()}
   */
  public boolean flush(Duration timeout) {
    PendingStages.settle(timeout);
    return processor.pipeline().flush(timeout);
  }

  /** What became of observations so far. */
  public LangfuseStats stats() {
    return processor.stats();
  }

  /**
   * Sends what is queued, for at most five seconds, and ends the background threads. Afterwards the
   * client does nothing. Happens by itself when the JVM exits. Idempotent.
   */
  @Override
  public void close() {
    close(EXIT_TIMEOUT);
  }

  /**
   * {@link #close()} with another limit.
   *
   * @return true if everything was delivered
   */
  public boolean close(Duration timeout) {
    if (!closed.compareAndSet(false, true)) {
      return stats().queued() + stats().scoresQueued() == 0;
    }
    PendingStages.settle(timeout);
    boolean delivered = processor.shutdown(timeout);
    if (!delivered) {
      Warnings.say(
          logger,
          java.util.logging.Level.WARNING,
          "Langfuse was closed before everything was delivered: " + stats());
    }
    removeExitHook();
    return delivered;
  }

  private void removeExitHook() {
    if (exitHook != null && exitHook != Thread.currentThread()) {
      try {
        Runtime.getRuntime().removeShutdownHook(exitHook);
      } catch (IllegalStateException alreadyExiting) {
        logger.fine("The JVM is exiting already.");
      }
    }
  }
}
