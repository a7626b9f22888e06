package dev.braintrust.trace;

import dev.braintrust.config.BraintrustConfig;
import io.opentelemetry.sdk.trace.SpanProcessor;

/** Braintrust's span processor in front of one of ours, without its exporter. */
public final class BraintrustProcessors {

  private BraintrustProcessors() {}

  public static SpanProcessor inFrontOf(SpanProcessor delegate) {
    return new BraintrustSpanProcessor(
        BraintrustConfig.of("BRAINTRUST_API_KEY", "none", "BRAINTRUST_DEFAULT_PROJECT_ID", "p"),
        delegate);
  }
}
