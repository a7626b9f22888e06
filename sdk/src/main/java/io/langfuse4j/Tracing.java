package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.TraceIdGenerator;
import io.langfuse4j.internal.TraceSampling;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.langfuse4j.internal.masking.CapturePolicy;
import io.langfuse4j.internal.propagation.LangfuseBaggage;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Starts observations and writes their attributes. The one place that knows what an observation
 * looks like as a span.
 *
 * <p>Thread-safe.
 */
final class Tracing {

  /** Every observation it starts does nothing. */
  static final Tracing DISABLED = new Tracing();

  private static final Logger logger = Logger.getLogger(Langfuse.class.getName());
  private static final Warnings warnings = new Warnings(logger);

  private final boolean enabled;
  private final Tracer tracer;
  private final ContentEncoder encoder;
  private final boolean captureContent;
  private final CapturePolicy policy;
  private final @Nullable TraceIdGenerator traceIds;
  private final @Nullable TraceSampling sampling;
  private final Function<String, @Nullable String> traceUrl;
  private final @Nullable Scores scores;
  private final @Nullable Object project;
  private final @Nullable LeakWatch leaks;

  private Tracing() {
    this.enabled = false;
    this.tracer = TracerProvider.noop().get(LangfuseAttributes.SCOPE_NAME);
    this.encoder = new ContentEncoder(EncodingLimits.DEFAULT);
    this.captureContent = false;
    this.policy = new CapturePolicy(Set.of(), Set.of());
    this.traceIds = null;
    this.sampling = null;
    this.traceUrl = traceId -> null;
    this.scores = null;
    this.project = null;
    this.leaks = null;
  }

  /**
   * Creates the tracing of a client.
   *
   * @param traceIds the id generator of our own provider; null when the application brought its own
   * @param sampling which traces are recorded; null when every one is, or the application decides
   * @param traceUrl finds the address of a trace
   * @param project what tells its observations from those of other clients
   * @param leaks finds forgotten observations; null if nobody asked for that
   */
  Tracing(
      Tracer tracer,
      ContentEncoder encoder,
      boolean captureContent,
      CapturePolicy policy,
      @Nullable TraceIdGenerator traceIds,
      @Nullable TraceSampling sampling,
      Function<String, @Nullable String> traceUrl,
      Scores scores,
      Object project,
      @Nullable LeakWatch leaks) {
    this.enabled = true;
    this.tracer = tracer;
    this.encoder = encoder;
    this.captureContent = captureContent;
    this.policy = policy;
    this.traceIds = traceIds;
    this.sampling = sampling;
    this.traceUrl = traceUrl;
    this.scores = scores;
    this.project = project;
    this.leaks = leaks;
  }

  /** What tells the observations of this client's project from those of others; null if off. */
  @Nullable Object project() {
    return project;
  }

  boolean enabled() {
    return enabled;
  }

  /**
   * Refuses a score that no server would take, and queues it if its trace is sent.
   *
   * @param environment of what is scored; null for the client's
   */
  void score(Score score, boolean sampled, @Nullable String environment) {
    if (scores == null) {
      score.check();
    } else {
      scores.add(score, sampled, environment);
    }
  }

  @Nullable String traceUrl(String traceId) {
    return traceUrl.apply(traceId);
  }

  <O extends LangfuseObservation<O>> O start(
      @Nullable String name, ObservationType<O> type, @Nullable StartOptions options) {
    if (!enabled) {
      return type.noop();
    }
    Context context = contextOf(options);
    if (sampling != null && traceIds != null && joined(context, options) == null) {
      return startSampled(sampling, traceIds, name, type, options, context);
    }
    return startRecorded(name, type, options, context);
  }

  /** Decides before OpenTelemetry is asked, so that what is dropped costs next to nothing. */
  private <O extends LangfuseObservation<O>> O startSampled(
      TraceSampling sampling,
      TraceIdGenerator traceIds,
      @Nullable String name,
      ObservationType<O> type,
      @Nullable StartOptions options,
      Context context) {
    Span parent = Span.fromContext(BridgedContext.withOwnParent(context));
    if (parent instanceof DroppedSpan dropped) {
      return type.create(new Started(this, dropped.child(), context, 0, false));
    }
    if (parent != Span.getInvalid()) {
      return startRecorded(name, type, options, context);
    }
    DroppedSpan root = DroppedSpan.root();
    return sampling.samples(root.traceLow())
        ? traceIds.withTraceId(
            root.getSpanContext().getTraceId(), () -> startRecorded(name, type, options, context))
        : type.create(new Started(this, root, context, 0, false));
  }

  private <O extends LangfuseObservation<O>> O startRecorded(
      @Nullable String name,
      ObservationType<O> type,
      @Nullable StartOptions options,
      Context context) {
    long startNanos = startNanos(type, options);
    Span span = startSpan(nameOf(name, type), type, context, options, startNanos);
    O observation = type.create(new Started(this, span, context, startNanos, span.isRecording()));
    if (leaks != null) {
      leaks.watch(observation);
    }
    return observation;
  }

  @SuppressWarnings("MustBeClosedChecker") // the observation closes the scope
  <O extends LangfuseObservation<O>> O startActive(
      @Nullable String name, ObservationType<O> type, @Nullable StartOptions options) {
    O observation = start(name, type, options);
    if (enabled) {
      observation.activate(claimed(observation).makeCurrent());
    }
    return observation;
  }

  @SuppressWarnings("MustBeClosedChecker") // the caller closes the scope
  Scope makeCurrent(LangfuseObservation<?> observation) {
    return enabled ? claimed(observation).makeCurrent() : Scope.noop();
  }

  private static String nameOf(@Nullable String name, ObservationType<?> type) {
    if (name == null || name.isBlank()) {
      warnings.once("name", "An observation was started without a name; it is named for its type.");
      return type.wireName();
    }
    return name;
  }

  private static long startNanos(ObservationType<?> type, @Nullable StartOptions options) {
    if (options != null && options.startTime != null) {
      return LangfuseObservation.toNanos(options.startTime);
    }
    if (type == ObservationType.EVENT) {
      return LangfuseObservation.toNanos(java.time.Instant.now());
    }
    return 0;
  }

  private static Context contextOf(@Nullable StartOptions options) {
    LangfuseObservation<?> parent = options == null ? null : options.parent;
    return parent == null ? Context.current() : parent.asParent();
  }

  /**
   * The current context with {@code observation} as the span that children hang on. Attributes
   * propagated where it was started still apply unless the current context has its own.
   */
  Context asParent(LangfuseObservation<?> observation) {
    Context current = Context.current();
    PropagatedAttributes own = PropagatedAttributes.from(observation.started.context());
    if (own != null && PropagatedAttributes.from(current) == null) {
      current = current.with(own);
    }
    return CurrentObservation.store(current, observation);
  }

  private static Context claimed(LangfuseObservation<?> observation) {
    return claimed(
        CurrentObservation.store(observation.started.context(), observation), observation);
  }

  /** Tells services that receive our baggage that the trace of a context is already shown. */
  static Context claimed(Context context, LangfuseObservation<?> observation) {
    PropagatedAttributes propagated = PropagatedAttributes.from(context);
    if (propagated == null || !propagated.asBaggage()) {
      return context;
    }
    return context.with(LangfuseBaggage.claim(Baggage.fromContext(context), observation.traceId()));
  }

  private Span startSpan(
      String name,
      ObservationType<?> type,
      Context context,
      @Nullable StartOptions options,
      long startNanos) {
    SpanBuilder builder =
        tracer.spanBuilder(name).setAttribute(LangfuseAttributes.OBSERVATION_TYPE, type.wireName());
    if (startNanos != 0) {
      builder.setStartTimestamp(startNanos, TimeUnit.NANOSECONDS);
    }
    TraceContext joined = joined(context, options);
    String traceId = joined == null ? null : validTraceId(joined.traceId());
    if (joined == null || traceId == null) {
      return builder.setParent(BridgedContext.withOwnParent(owned(context))).startSpan();
    }
    String parentId = validSpanId(joined.parentSpanId());
    if (parentId != null) {
      return builder.setParent(remote(owned(context), traceId, parentId)).startSpan();
    }
    builder.setAttribute(LangfuseAttributes.AS_ROOT, true);
    if (traceIds != null) {
      return traceIds.withTraceId(
          traceId, builder.setParent(context.with(Span.getInvalid()))::startSpan);
    }
    // Somebody else's id generator cannot be told which trace it is: hang the root on a parent
    // that will never arrive, as the Python SDK does.
    String invented = IdGenerator.random().generateSpanId();
    return builder.setParent(remote(owned(context), traceId, invented)).startSpan();
  }

  /** In a provider of the application other projects' processors must see whose span it is. */
  private Context owned(Context context) {
    return traceIds != null || project == null ? context : SpanOwnership.owned(context, project);
  }

  private static @Nullable TraceContext joined(Context context, @Nullable StartOptions options) {
    TraceContext given = options == null ? null : options.traceContext;
    boolean placed = given != null || options != null && options.parent != null;
    return placed ? given : TraceJoin.in(context);
  }

  private static Context remote(Context context, String traceId, String parentId) {
    return context.with(
        Span.wrap(
            SpanContext.create(
                traceId, parentId, TraceFlags.getSampled(), TraceState.getDefault())));
  }

  private static @Nullable String validTraceId(@Nullable String traceId) {
    String lower = traceId == null ? "" : traceId.toLowerCase(Locale.ROOT);
    if (TraceId.isValid(lower)) {
      return lower;
    }
    warnings.once(
        "trace id",
        "A trace to join was given by an id that is not 32 hexadecimal characters; it is ignored"
            + " and the observation stays where it would be without it.");
    return null;
  }

  private static @Nullable String validSpanId(@Nullable String spanId) {
    if (spanId == null) {
      return null;
    }
    String lower = spanId.toLowerCase(Locale.ROOT);
    if (SpanId.isValid(lower)) {
      return lower;
    }
    warnings.once(
        "span id",
        "A parent span to join was given by an id that is not 16 hexadecimal characters; it is"
            + " ignored and the observation becomes a root of the trace.");
    return null;
  }

  void setContent(Span span, AttributeKey<String> key, Object value, ObservationType<?> type) {
    if (captureContent && (policy.isEmpty() || policy.captures(key, type.wireName()))) {
      String text = encoder.encode(value);
      if (text != null) {
        span.setAttribute(key, text);
      }
    }
  }

  void setJson(Span span, AttributeKey<String> key, Object value) {
    span.setAttribute(key, encoder.encodeJson(value));
  }

  /** Numbers and booleans keep their type, as in the official SDKs; the rest becomes text. */
  void setMetadata(Span span, @Nullable String key, @Nullable Object value) {
    if (value == null) {
      return;
    }
    MetadataKey name = MetadataKey.of(String.valueOf(key));
    if (value instanceof Boolean bool && !hasOther(span, name.text(), name.whole())) {
      span.setAttribute(name.flag(), bool);
    } else if (isWhole(value) && !hasOther(span, name.text(), name.flag())) {
      span.setAttribute(name.whole(), ((Number) value).longValue());
    } else {
      String text = encoder.encode(value);
      if (text != null) {
        span.setAttribute(name.text(), text);
      }
    }
  }

  private static boolean isWhole(Object value) {
    return value instanceof Integer
        || value instanceof Long
        || value instanceof Short
        || value instanceof Byte;
  }

  /**
   * Whether the key already has a value of another type, which OpenTelemetry would keep beside the
   * new one. The new one then becomes text, and the exporter lets text win.
   */
  private static boolean hasOther(Span span, AttributeKey<?> one, AttributeKey<?> another) {
    return span instanceof ReadableSpan readable
        && (readable.getAttribute(one) != null || readable.getAttribute(another) != null);
  }

  void setMetadata(Span span, Map<String, ?> metadata) {
    try {
      metadata.forEach((key, value) -> setMetadata(span, key, value));
    } catch (RuntimeException e) {
      warnings.once("metadata", "A metadata map could not be read: " + e.getClass().getName(), e);
    }
  }

  /** Level, status message, OpenTelemetry status and exception event together. */
  void recordFailure(Span span, Throwable thrown) {
    String message = messageOf(thrown);
    span.setAttribute(LangfuseAttributes.OBSERVATION_LEVEL, Level.ERROR.name());
    span.setAttribute(LangfuseAttributes.OBSERVATION_STATUS_MESSAGE, message);
    span.setStatus(StatusCode.ERROR, message);
    try {
      span.recordException(thrown);
    } catch (RuntimeException | StackOverflowError e) {
      warnings.once("exception", "An exception could not be recorded: " + e.getClass(), e);
    }
  }

  private static String messageOf(Throwable thrown) {
    try {
      String message = thrown.getMessage();
      return message == null || message.isBlank() ? thrown.getClass().getName() : message;
    } catch (RuntimeException | StackOverflowError e) {
      return thrown.getClass().getName();
    }
  }
}
