package io.langfuse4j.internal.export;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;

/** How much memory and wire a span takes, about: enough to bound queues and batches by bytes. */
public final class SpanSize {

  private static final int SPAN_OVERHEAD = 200;
  private static final int ATTRIBUTE_OVERHEAD = 16;

  private SpanSize() {}

  /** Estimated bytes; text counts one byte a character. */
  public static long of(SpanData span) {
    long size = SPAN_OVERHEAD + span.getName().length() + of(span.getAttributes());
    List<EventData> events = span.getEvents();
    for (int i = 0; i < events.size(); i++) {
      size += SPAN_OVERHEAD + of(events.get(i).getAttributes());
    }
    return size;
  }

  private static long of(Attributes attributes) {
    Sum sum = new Sum();
    attributes.forEach(sum);
    return sum.size;
  }

  /** A lambda with a captured array would be two objects for every span that ends. */
  private static final class Sum implements BiConsumer<AttributeKey<?>, Object> {
    private long size;

    @Override
    public void accept(AttributeKey<?> key, Object value) {
      size += key.getKey().length() + ofValue(value);
    }
  }

  private static long ofValue(Object value) {
    if (value instanceof String text) {
      return ATTRIBUTE_OVERHEAD + (long) text.length();
    }
    if (value instanceof List<?> list) {
      long size = ATTRIBUTE_OVERHEAD;
      for (Object element : list) {
        size += ofValue(element);
      }
      return size;
    }
    if (value instanceof Value<?> nested) {
      return ofValue(nested.getValue());
    }
    if (value instanceof KeyValue entry) {
      return entry.getKey().length() + ofValue(entry.getValue());
    }
    if (value instanceof ByteBuffer bytes) {
      return ATTRIBUTE_OVERHEAD + (long) bytes.remaining();
    }
    return ATTRIBUTE_OVERHEAD;
  }
}
