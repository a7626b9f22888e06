package io.langfuse4j;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.SdkVersion;
import io.langfuse4j.internal.TraceIdGenerator;
import io.langfuse4j.internal.TraceSampling;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.json.ContentEncoder;
import io.langfuse4j.internal.json.EncodingLimits;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.TracerProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanLimits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Builds a client. Without any setting it is configured by {@code LANGFUSE_*} variables and {@code
 * langfuse.*} system properties, exactly as {@link Langfuse#get()}.
 */
public final class LangfuseBuilder extends SettingsBuilder<LangfuseBuilder> {

  /** OpenTelemetry's default of 128 would drop outputs behind many metadata keys. */
  private static final int MAX_ATTRIBUTES = 10_000;

  private static final int MAX_EVENTS = 1_000;

  private @Nullable TracerProvider provider;
  private @Nullable LangfuseSpanProcessor processor;

  LangfuseBuilder() {}

  @Override
  LangfuseBuilder self() {
    return this;
  }

  /**
   * Makes observations in the application's own OpenTelemetry SDK instead of an isolated one.
   * Sampling, resource and span limits are then the application's; {@code processor} must be one of
   * the provider's span processors and brings all settings. {@link Langfuse#close()} ends the
   * processor and leaves the provider alone.
   */
  public LangfuseBuilder tracerProvider(TracerProvider provider, LangfuseSpanProcessor processor) {
    this.provider = provider;
    this.processor = processor;
    return this;
  }

  /**
   * Builds the client and starts its export thread. Where keys are missing or tracing is switched
   * off the client does nothing, and one line says why.
   */
  public Langfuse build() {
    LangfuseSpanProcessor given = processor;
    LangfuseSpanProcessor own = given == null ? buildProcessor(resolve(), true) : given;
    Pipeline pipeline = own.pipeline();
    if (!pipeline.isOn()) {
      return new Langfuse(Tracing.DISABLED, own, null);
    }
    Configuration configuration = pipeline.configuration();
    if (provider != null) {
      return new Langfuse(tracing(provider, null, pipeline), own, null);
    }
    try {
      return isolated(own);
    } catch (LinkageError e) {
      MixedVersions.warn(e);
      own.shutdown(Duration.ZERO);
      return new Langfuse(Tracing.DISABLED, buildProcessor(off(configuration), true), null);
    }
  }

  private static Langfuse isolated(LangfuseSpanProcessor own) {
    Pipeline pipeline = own.pipeline();
    TraceIdGenerator traceIds = new TraceIdGenerator();
    SdkTracerProvider isolated =
        SdkTracerProvider.builder()
            .setResource(resource(pipeline.configuration()))
            .setSampler(pipeline.sampling().sampler())
            .setIdGenerator(traceIds)
            .setSpanLimits(
                SpanLimits.builder()
                    .setMaxNumberOfAttributes(MAX_ATTRIBUTES)
                    .setMaxNumberOfEvents(MAX_EVENTS)
                    .build())
            .addSpanProcessor(own)
            .build();
    return new Langfuse(tracing(isolated, traceIds, pipeline), own, isolated);
  }

  private static Tracing tracing(
      TracerProvider provider, @Nullable TraceIdGenerator traceIds, Pipeline pipeline) {
    Tracer tracer = provider.get(LangfuseAttributes.SCOPE_NAME, SdkVersion.VERSION);
    EncodingLimits limits = EncodingLimits.DEFAULT;
    int maxBytes =
        (int)
            Math.min(Integer.MAX_VALUE / 4, pipeline.configuration().get(Settings.MAX_VALUE_BYTES));
    ContentEncoder encoder =
        new ContentEncoder(
            new EncodingLimits(limits.maxDepth(), limits.maxBreadth(), limits.maxNodes(), maxBytes),
            pipeline::hold);
    boolean captureContent = pipeline.configuration().get(Settings.CAPTURE_CONTENT);
    TraceSampling sampling = pipeline.sampling();
    return new Tracing(
        tracer,
        encoder,
        captureContent,
        pipeline.capturePolicy(),
        traceIds,
        traceIds == null || sampling.isAlways() ? null : sampling,
        pipeline::traceUrl,
        pipeline.scores(),
        pipeline.project(),
        pipeline.configuration().get(Settings.DEBUG) ? new LeakWatch() : null);
  }

  private static Resource resource(Configuration configuration) {
    AttributesBuilder attributes = Attributes.builder();
    ResourceAttributes.addFromEnvironment(attributes);
    String environment = configuration.find(Settings.ENVIRONMENT);
    if (environment != null) {
      attributes.put(LangfuseAttributes.ENVIRONMENT, environment);
    }
    String release = configuration.find(Settings.RELEASE);
    if (release != null) {
      attributes.put(LangfuseAttributes.RELEASE, release);
    }
    return Resource.getDefault().merge(Resource.create(attributes.build()));
  }
}
