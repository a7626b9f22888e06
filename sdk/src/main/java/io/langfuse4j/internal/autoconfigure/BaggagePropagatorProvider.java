package io.langfuse4j.internal.autoconfigure;

import io.langfuse4j.LangfuseBaggagePropagator;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurablePropagatorProvider;

/** {@code OTEL_PROPAGATORS=tracecontext,langfuse-baggage}. */
public final class BaggagePropagatorProvider implements ConfigurablePropagatorProvider {

  @Override
  public TextMapPropagator getPropagator(ConfigProperties config) {
    return LangfuseBaggagePropagator.getInstance();
  }

  @Override
  public String getName() {
    return "langfuse-baggage";
  }
}
