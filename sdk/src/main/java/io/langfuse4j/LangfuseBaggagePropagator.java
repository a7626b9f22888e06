package io.langfuse4j;

import io.langfuse4j.internal.propagation.LangfuseBaggage;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.context.propagation.TextMapSetter;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.net.URI;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * OpenTelemetry's W3C baggage propagator, and two things more: it writes what {@link
 * TraceAttributes#asBaggageTo} restricted to certain hosts where the request goes to one of them,
 * and it reads blanks that OpenTelemetry for Python wrote as {@code +}. It takes the place of
 * {@link W3CBaggagePropagator}:
 *
 * <pre>{@code
 * TextMapPropagator.composite(
 *     W3CTraceContextPropagator.getInstance(), LangfuseBaggagePropagator.getInstance());
 * }</pre>
 *
 * <p>With OpenTelemetry's autoconfiguration its name is {@code langfuse-baggage}: {@code
 * OTEL_PROPAGATORS=tracecontext,langfuse-baggage}.
 *
 * <p>The host of a request is what {@link #withHost} says, or else what a client span in the
 * context says, as OpenTelemetry's HTTP instrumentations make it ({@code server.address}, {@code
 * url.full}). A host that is not known receives nothing that is restricted.
 *
 * <p>Thread-safe.
 */
public final class LangfuseBaggagePropagator implements TextMapPropagator {

  private static final LangfuseBaggagePropagator INSTANCE = new LangfuseBaggagePropagator();
  private static final ContextKey<String> HOST = ContextKey.named("langfuse.baggage.host");
  private static final String HEADER = "baggage";

  private static final List<AttributeKey<String>> HOST_ATTRIBUTES =
      List.of(AttributeKey.stringKey("server.address"), AttributeKey.stringKey("net.peer.name"));
  private static final List<AttributeKey<String>> URL_ATTRIBUTES =
      List.of(AttributeKey.stringKey("url.full"), AttributeKey.stringKey("http.url"));

  private final TextMapPropagator w3c = W3CBaggagePropagator.getInstance();

  private LangfuseBaggagePropagator() {}

  /** The one there is; it has no state. */
  public static LangfuseBaggagePropagator getInstance() {
    return INSTANCE;
  }

  /**
   * {@code context} for a request to {@code host}, for clients that are not instrumented.
   *
   * @param host its name, without scheme and port
   */
  public static Context withHost(Context context, String host) {
    return context.with(HOST, host);
  }

  @Override
  public Collection<String> fields() {
    return w3c.fields();
  }

  @Override
  public <C> void inject(Context context, @Nullable C carrier, TextMapSetter<C> setter) {
    PropagatedAttributes propagated = PropagatedAttributes.from(context);
    String host = propagated == null || propagated.restricted().isEmpty() ? null : hostIn(context);
    if (propagated == null || !propagated.hasMoreFor(host)) {
      w3c.inject(context, carrier, setter);
      return;
    }
    Baggage baggage = propagated.baggageFor(host, Baggage.fromContext(context));
    LangfuseObservation<?> current = CurrentObservation.in(context);
    if (current != null) {
      baggage = LangfuseBaggage.claim(baggage, current.traceId());
    }
    w3c.inject(context.with(baggage), carrier, setter);
  }

  @Override
  public <C> Context extract(Context context, @Nullable C carrier, TextMapGetter<C> getter) {
    Context extracted = w3c.extract(context, carrier, getter);
    String header = getter.get(carrier, HEADER);
    return header == null || header.indexOf('+') < 0
        ? extracted
        : extracted.with(LangfuseBaggage.withBlanks(Baggage.fromContext(extracted), header));
  }

  /** A server span has the same attributes and means this service by them. */
  private static @Nullable String hostIn(Context context) {
    String given = context.get(HOST);
    if (given != null) {
      return given;
    }
    if (!(Span.fromContext(context) instanceof ReadableSpan span)
        || span.getKind() != SpanKind.CLIENT) {
      return null;
    }
    for (AttributeKey<String> key : HOST_ATTRIBUTES) {
      String host = span.getAttribute(key);
      if (host != null) {
        return host;
      }
    }
    for (AttributeKey<String> key : URL_ATTRIBUTES) {
      String host = hostOf(span.getAttribute(key));
      if (host != null) {
        return host;
      }
    }
    return null;
  }

  private static @Nullable String hostOf(@Nullable String url) {
    try {
      return url == null ? null : URI.create(url).getHost();
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
