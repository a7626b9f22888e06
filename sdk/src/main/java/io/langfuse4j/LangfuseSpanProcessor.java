package io.langfuse4j;

import io.langfuse4j.internal.DefaultExportFilter;
import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.config.Configuration;
import io.langfuse4j.internal.config.Settings;
import io.langfuse4j.internal.propagation.LangfuseBaggage;
import io.langfuse4j.internal.propagation.PropagatedAttributes;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends the spans of any OpenTelemetry SDK to Langfuse. The client makes one for itself; an
 * application with its own {@code SdkTracerProvider} adds one there:
 *
 * <pre>{@code
 * LangfuseSpanProcessor processor = LangfuseSpanProcessor.builder().build();
 * SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(processor).build();
 * Langfuse langfuse = Langfuse.builder().tracerProvider(provider, processor).build();
 * }</pre>
 *
 * <p>Each span that starts gets the attributes propagated in its context and the client's
 * environment and release. Of those that end, the ones that belong in Langfuse are sent: our
 * observations, spans with {@code gen_ai} attributes and those of known LLM instrumentations,
 * unless {@link Builder#shouldExportSpan} says otherwise. Spans of others stay as they are for
 * other processors.
 *
 * <p>Thread-safe. Starts one thread, and ends it on {@link #shutdown()}.
 */
public final class LangfuseSpanProcessor implements SpanProcessor {

  private static final Warnings warnings =
      new Warnings(Logger.getLogger(LangfuseSpanProcessor.class.getName()));

  private final Pipeline pipeline;
  private final Predicate<ReadableSpan> filter;
  private final @Nullable String environment;
  private final @Nullable String release;
  private final boolean immediate;
  private final SpanOwnership ownership;
  private final boolean borrowed;

  LangfuseSpanProcessor(
      Pipeline pipeline, Predicate<ReadableSpan> filter, SpanOwnership ownership) {
    this(pipeline, filter, ownership, false);
  }

  private LangfuseSpanProcessor(
      Pipeline pipeline,
      Predicate<ReadableSpan> filter,
      SpanOwnership ownership,
      boolean borrowed) {
    this.pipeline = pipeline;
    this.filter = filter;
    this.ownership = ownership;
    this.borrowed = borrowed;
    Configuration configuration = pipeline.configuration();
    this.environment = configuration.find(Settings.ENVIRONMENT);
    this.release = configuration.find(Settings.RELEASE);
    this.immediate = configuration.get(Settings.EXPORT_MODE) == ExportMode.IMMEDIATE;
  }

  /** A processor configured by {@code LANGFUSE_*} variables and {@code langfuse.*} properties. */
  public static LangfuseSpanProcessor create() {
    return builder().build();
  }

  /** A processor with settings of its own; what is not given is read as {@link #create()} does. */
  public static Builder builder() {
    return new Builder();
  }

  /** One for a provider of the application, which sends through the pipeline of this one. */
  LangfuseSpanProcessor beside(Predicate<ReadableSpan> further) {
    SpanOwnership shared = pipeline.isOn() ? SpanOwnership.shared(pipeline.project()) : ownership;
    return new LangfuseSpanProcessor(pipeline, filter.and(further), shared, true);
  }

  /** What is exported unless {@link Builder#shouldExportSpan} replaces it; for composition. */
  public static boolean isDefaultExportSpan(ReadableSpan span) {
    return DefaultExportFilter.test(span);
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    try {
      enrich(parentContext, span);
    } catch (RuntimeException | LinkageError e) {
      warnings.once("start", "A span could not be enriched: " + e, e);
    }
  }

  private void enrich(Context parentContext, ReadWriteSpan span) {
    boolean ours = ownership.claim(parentContext, span);
    if (ours && environment != null) {
      span.setAttribute(LangfuseAttributes.ENVIRONMENT, environment);
    }
    if (ours && release != null) {
      span.setAttribute(LangfuseAttributes.RELEASE, release);
    }
    Baggage baggage = Baggage.fromContext(parentContext);
    PropagatedAttributes propagated = PropagatedAttributes.from(parentContext);
    Attributes own = propagated == null ? Attributes.empty() : propagated.attributes();
    Attributes all = baggage.isEmpty() ? own : LangfuseBaggage.readUnder(own, baggage);
    if (!all.isEmpty()) {
      copy(all, span);
    }
    if (ours) {
      markRoot(parentContext, baggage, span);
    }
  }

  private static void copy(Attributes attributes, ReadWriteSpan span) {
    boolean ownPrompt = span.getAttribute(LangfuseAttributes.OBSERVATION_PROMPT_NAME) != null;
    span.setAllAttributes(ownPrompt ? PropagatedAttributes.withoutPrompt(attributes) : attributes);
  }

  /**
   * Marks the topmost span that Langfuse will see when its parent will not arrive: an HTTP server
   * span that is filtered out, or a span of another provider.
   */
  private void markRoot(Context parentContext, Baggage baggage, ReadWriteSpan span) {
    String traceId = span.getSpanContext().getTraceId();
    Span parent = Span.fromContext(parentContext);
    if (isExportedParent(parentContext, parent, span)
        || ownership.isInside(parentContext, traceId)
        || isClaimedUpstream(parentContext, baggage, traceId)
        || !isExported(span)) {
      return;
    }
    span.setAttribute(LangfuseAttributes.IS_APP_ROOT, true);
    SpanContext parentId = parent.getSpanContext();
    boolean lost = parent.isRecording() || !parentId.isSampled();
    if (parentId.isValid() && !parentId.isRemote() && lost) {
      span.setAttribute(LangfuseAttributes.AS_ROOT, true);
    }
  }

  private boolean isExportedParent(Context parentContext, Span parent, ReadWriteSpan span) {
    return parent instanceof ReadableSpan readable
        && !readable.hasEnded()
        && isExported(readable)
        && ownership.sharesProject(parentContext, readable, span);
  }

  /** Inside another project's observation the claim is that project's. */
  private static boolean isClaimedUpstream(Context context, Baggage baggage, String traceId) {
    return traceId.equalsIgnoreCase(baggage.getEntryValue(LangfuseBaggage.TRACE_ID))
        && !SpanOwnership.isInsideAny(context, traceId);
  }

  private boolean isExported(ReadableSpan span) {
    try {
      return filter.test(span);
    } catch (RuntimeException e) {
      warnings.once("filter", "shouldExportSpan failed, such spans are not sent: " + e, e);
      return false;
    }
  }

  @Override
  public boolean isStartRequired() {
    return pipeline.isOn();
  }

  @Override
  public void onEnd(ReadableSpan span) {
    if (!ownership.release(span)
        || !span.getSpanContext().isSampled()
        || !pipeline.sampling().keeps(span.getSpanContext().getTraceId())
        || !isExported(span)) {
      return;
    }
    pipeline.add(span.toSpanData());
    if (immediate) {
      pipeline.flush(pipeline.timeout());
    }
  }

  @Override
  public boolean isEndRequired() {
    return pipeline.isOn();
  }

  /** Sends what is queued; succeeds only if the server took all of it. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the result code carries the outcome
  public CompletableResultCode forceFlush() {
    CompletableResultCode result = new CompletableResultCode();
    pipeline
        .flush()
        .whenComplete(
            (delivered, failure) -> {
              if (failure == null && delivered) {
                result.succeed();
              } else {
                result.fail();
              }
            });
    return result;
  }

  /**
   * Sends what is queued and ends the thread; later spans are counted as dropped. That of a
   * client's {@link Langfuse#spanProcessor} leaves both to the client.
   */
  @Override
  public CompletableResultCode shutdown() {
    if (borrowed) {
      ownership.close();
      return CompletableResultCode.ofSuccess();
    }
    return shutdown(pipeline.timeout())
        ? CompletableResultCode.ofSuccess()
        : CompletableResultCode.ofFailure();
  }

  boolean shutdown(Duration timeout) {
    ownership.close();
    return pipeline.close(timeout);
  }

  /** What became of the spans this processor was given. */
  public LangfuseStats stats() {
    return pipeline.stats();
  }

  Pipeline pipeline() {
    return pipeline;
  }

  /** Settings of a processor; those that are not set come from the environment. */
  public static final class Builder extends SettingsBuilder<Builder> {

    private Builder() {}

    @Override
    Builder self() {
      return this;
    }

    /**
     * Builds the processor. Without keys, or with tracing switched off, it does nothing and says so
     * in one line.
     */
    public LangfuseSpanProcessor build() {
      return buildProcessor(resolve(), false);
    }
  }
}
