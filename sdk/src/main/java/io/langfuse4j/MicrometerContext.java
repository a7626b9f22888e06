package io.langfuse4j;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What Micrometer's OpenTelemetry bridge keeps in a context. Its own trace context wins over the
 * context's span, so that what Micrometer observes inside an observation of ours would hang on
 * whatever it had observed around it. In a context of ours its entry is taken out; the bridge then
 * asks for the span.
 */
final class MicrometerContext {

  private static final String BRIDGE = "io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext";
  private static final @Nullable ContextKey<?> KEY = find();

  private MicrometerContext() {}

  /** {@code context} without an entry of the bridge's. */
  static Context without(Context context) {
    return KEY == null || context.get(KEY) == null ? context : context.with(KEY, null);
  }

  /** The key is not public: the bridge tells by what it asks for. */
  @SuppressWarnings("try") // the scope is the point
  private static @Nullable ContextKey<?> find() {
    try {
      Class<?> bridge = Class.forName(BRIDGE, true, MicrometerContext.class.getClassLoader());
      Object current = bridge.getConstructor().newInstance();
      Asked asked = new Asked();
      try (Scope scope = asked.makeCurrent()) {
        asked.first = null; // whoever listens to contexts that become current may have asked
        bridge.getMethod("context").invoke(current);
      }
      return asked.first;
    } catch (ReflectiveOperationException | LinkageError noneOrAnother) {
      return null;
    }
  }

  /** A context with nothing in it. */
  private static final class Asked implements Context {

    private @Nullable ContextKey<?> first;

    @Override
    public <V> @Nullable V get(ContextKey<V> key) {
      if (first == null) {
        first = key;
      }
      return null;
    }

    @Override
    public <V> Context with(ContextKey<V> key, V value) {
      return Context.root().with(key, value);
    }
  }
}
