package io.langfuse4j;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import org.jspecify.annotations.Nullable;

/**
 * A context that says which span is the parent where the context itself cannot. OpenTelemetry's
 * Java agent exchanges the application's contexts for its own, which only know spans the agent has
 * made; our observation is still in there, its span is not.
 *
 * <p>Immutable. Given to the span builder and the processors, never made current.
 */
final class BridgedContext implements Context {

  private static final boolean AGENT =
      Context.root().getClass().getName().startsWith("io.opentelemetry.javaagent.");

  private final Context context;
  private final Span span;

  private BridgedContext(Context context, Span span) {
    this.context = context;
    this.span = span;
  }

  /**
   * {@code context}, in which the span of the current observation is the parent unless a span of
   * the same trace is.
   */
  static Context withOwnParent(Context context) {
    LangfuseObservation<?> current = AGENT ? CurrentObservation.in(context) : null;
    if (current == null) {
      return context;
    }
    String known = Span.fromContext(context).getSpanContext().getTraceId();
    return known.equals(current.traceId()) ? context : new BridgedContext(context, current.span());
  }

  @Override
  @SuppressWarnings("unchecked") // the key is the span's
  public <V> @Nullable V get(ContextKey<V> key) {
    return key == SpanKey.KEY ? (V) span : context.get(key);
  }

  @Override
  public <V> Context with(ContextKey<V> key, V value) {
    return key == SpanKey.KEY
        ? context.with(key, value)
        : new BridgedContext(context.with(key, value), span);
  }

  /** The key under which a context holds its span, which is not public: a span tells. */
  private static final class SpanKey implements Context {

    static final @Nullable ContextKey<?> KEY = find();

    private @Nullable ContextKey<?> key;

    private static @Nullable ContextKey<?> find() {
      SpanKey asked = new SpanKey();
      Span.getInvalid().storeInContext(asked);
      return asked.key;
    }

    @Override
    public <V> @Nullable V get(ContextKey<V> unused) {
      return null;
    }

    @Override
    public <V> Context with(ContextKey<V> given, V value) {
      key = given;
      return this;
    }
  }
}
