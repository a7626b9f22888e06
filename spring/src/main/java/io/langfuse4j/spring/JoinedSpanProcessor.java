package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * The client's span processor in the tracer provider that Spring Boot makes. The client is asked
 * for once all beans are there: what it is made of may need that provider, and the other way round.
 * Spans of the start, before that, are not looked at.
 *
 * <p>Thread-safe.
 */
final class JoinedSpanProcessor implements SpanProcessor, SmartInitializingSingleton {

  private final ObjectProvider<Langfuse> langfuse;
  private final Predicate<ReadableSpan> filter;
  private volatile @Nullable SpanProcessor processor;

  JoinedSpanProcessor(ObjectProvider<Langfuse> langfuse, Predicate<ReadableSpan> filter) {
    this.langfuse = langfuse;
    this.filter = filter;
  }

  @Override
  public void afterSingletonsInstantiated() {
    langfuse.ifUnique(client -> processor = client.spanProcessor(filter));
  }

  @Override
  public void onStart(Context parentContext, ReadWriteSpan span) {
    SpanProcessor joined = processor;
    if (joined != null && joined.isStartRequired()) {
      joined.onStart(parentContext, span);
    }
  }

  @Override
  public boolean isStartRequired() {
    return true;
  }

  @Override
  public void onEnd(ReadableSpan span) {
    SpanProcessor joined = processor;
    if (joined != null && joined.isEndRequired()) {
      joined.onEnd(span);
    }
  }

  @Override
  public boolean isEndRequired() {
    return true;
  }

  @Override
  public CompletableResultCode forceFlush() {
    SpanProcessor joined = processor;
    return joined == null ? CompletableResultCode.ofSuccess() : joined.forceFlush();
  }

  @Override
  public CompletableResultCode shutdown() {
    SpanProcessor joined = processor;
    return joined == null ? CompletableResultCode.ofSuccess() : joined.shutdown();
  }
}
