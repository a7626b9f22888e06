package io.langfuse4j.internal.export;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes a span that a server found too large smaller, at the cost of its largest text only. */
final class SpanTruncation {

  private static final int SMALLEST_WORTH_CUTTING = 1_024;

  private SpanTruncation() {}

  /**
   * The span with its largest text cut to an eighth and a note of how much is missing; null if no
   * text is worth cutting.
   */
  static @Nullable SpanData shrink(SpanData span) {
    Attributes attributes = span.getAttributes();
    AttributeKey<?>[] largest = new AttributeKey<?>[1];
    int[] length = {SMALLEST_WORTH_CUTTING};
    attributes.forEach(
        (key, value) -> {
          if (value instanceof String text && text.length() > length[0]) {
            largest[0] = key;
            length[0] = text.length();
          }
        });
    AttributeKey<?> key = largest[0];
    if (key == null || key.getType() != AttributeType.STRING) {
      return null;
    }
    @SuppressWarnings("unchecked") // the type was checked above
    AttributeKey<String> textKey = (AttributeKey<String>) key;
    String text = attributes.get(textKey);
    if (text == null) {
      return null;
    }
    Attributes smaller = attributes.toBuilder().put(textKey, cut(text)).build();
    return new WithAttributes(span, smaller);
  }

  /** Whether {@link #shrink} made this span. */
  static boolean isCut(SpanData span) {
    return span instanceof WithAttributes;
  }

  private static String cut(String text) {
    int keep = text.length() / 8;
    if (Character.isHighSurrogate(text.charAt(keep - 1))) {
      keep--;
    }
    return text.substring(0, keep)
        + String.format(
            Locale.ROOT,
            "<truncated: the server refused the size; %,d of %,d characters not recorded>",
            text.length() - keep,
            text.length());
  }

  private static final class WithAttributes extends DelegatingSpanData {
    private final Attributes attributes;

    WithAttributes(SpanData span, Attributes attributes) {
      super(span);
      this.attributes = attributes;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }
  }
}
