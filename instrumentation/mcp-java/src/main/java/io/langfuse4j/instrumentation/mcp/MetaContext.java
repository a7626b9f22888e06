package io.langfuse4j.instrumentation.mcp;

import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The trace in the field {@code _meta} of a request, in the form of the W3C. */
final class MetaContext {

  private static final TextMapPropagator W3C =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance());

  private MetaContext() {}

  /** {@code meta} with the current trace; what is there already stays. */
  static Map<String, Object> with(@Nullable Map<String, Object> meta) {
    Map<String, Object> all = new LinkedHashMap<>();
    W3C.inject(Context.current(), all, MetaContext::put);
    if (meta != null) {
      all.putAll(meta);
    }
    return all;
  }

  private static void put(@Nullable Map<String, Object> to, String key, String value) {
    if (to != null) {
      to.put(key, value);
    }
  }

  /** The trace that {@code meta} continues, over the current context. */
  static Context from(@Nullable Map<String, Object> meta) {
    return meta == null || meta.isEmpty()
        ? Context.current()
        : W3C.extract(Context.current(), meta, new Getter());
  }

  private static final class Getter implements TextMapGetter<Map<String, Object>> {

    @Override
    public Iterable<String> keys(Map<String, Object> carrier) {
      return Set.copyOf(carrier.keySet());
    }

    @Override
    public @Nullable String get(@Nullable Map<String, Object> carrier, String key) {
      Object value = carrier == null ? null : carrier.get(key);
      return value instanceof String text ? text : null;
    }
  }
}
