package io.langfuse4j.internal.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * One span of an encoded request, with what a request of its own needs. So a batch that a server
 * refused for its size can be taken apart whether its spans are still in memory or were kept on
 * disk by a process that is gone.
 *
 * <p>Knows of {@code ExportTraceServiceRequest} only how it nests (opentelemetry-proto, trace/v1):
 * resources contain scopes contain spans, each in field 2 below the outermost, and attributes are
 * field 9 of a span. Everything else is copied as it is. Immutable.
 */
final class EncodedSpan {

  private static final int RESOURCE_SPANS = 1;
  private static final int NESTED = 2;
  private static final int SPAN_ATTRIBUTES = 9;
  private static final int KEY_VALUE_VALUE = 2;
  private static final int ANY_VALUE_STRING = 1;
  private static final int SMALLEST_WORTH_CUTTING = 1_024;

  private final byte[] resource;
  private final byte[] scope;
  private final byte[] span;
  private final boolean cut;

  /**
   * A span.
   *
   * @param resource the fields of its {@code ResourceSpans} other than scopes
   * @param scope the fields of its {@code ScopeSpans} other than spans
   * @param span the {@code Span}
   * @param cut whether {@link #shrink} made it
   */
  private EncodedSpan(byte[] resource, byte[] scope, byte[] span, boolean cut) {
    this.resource = resource;
    this.scope = scope;
    this.span = span;
    this.cut = cut;
  }

  /**
   * The spans of a request body.
   *
   * @throws IOException if it is not one
   */
  static List<EncodedSpan> in(byte[] gzippedBody) throws IOException {
    byte[] message;
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzippedBody))) {
      message = in.readAllBytes();
    }
    List<EncodedSpan> spans = new ArrayList<>();
    try {
      for (ProtoFields resources = ProtoFields.of(message); resources.next(); ) {
        if (resources.is(RESOURCE_SPANS)) {
          byte[] resource = resources.content().without(NESTED);
          for (ProtoFields scopes = resources.content(); scopes.next(); ) {
            if (scopes.is(NESTED)) {
              byte[] scope = scopes.content().without(NESTED);
              for (ProtoFields each = scopes.content(); each.next(); ) {
                if (each.is(NESTED)) {
                  spans.add(new EncodedSpan(resource, scope, each.bytes(), false));
                }
              }
            }
          }
        }
      }
    } catch (IndexOutOfBoundsException e) {
      throw new IOException("not an OTLP request", e);
    }
    return spans;
  }

  /** Whether {@link #shrink} made it. */
  boolean isCut() {
    return cut;
  }

  /** A request body of these spans. */
  static byte[] body(List<EncodedSpan> spans) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    int from = 0;
    for (int to = 1; to <= spans.size(); to++) {
      // Spans of one scope are neighbours and share the arrays.
      if (to == spans.size() || !spans.get(to).isBeside(spans.get(from))) {
        ProtoFields.write(request, RESOURCE_SPANS, resourceSpans(spans.subList(from, to)));
        from = to;
      }
    }
    return OtlpEncoder.gzip(request::writeTo, request.size());
  }

  private boolean isBeside(EncodedSpan other) {
    return resource == other.resource && scope == other.scope;
  }

  private static byte[] resourceSpans(List<EncodedSpan> spans) {
    ByteArrayOutputStream scopeSpans = new ByteArrayOutputStream();
    scopeSpans.writeBytes(spans.get(0).scope);
    spans.forEach(span -> ProtoFields.write(scopeSpans, NESTED, span.span));
    ByteArrayOutputStream resourceSpans = new ByteArrayOutputStream();
    resourceSpans.writeBytes(spans.get(0).resource);
    ProtoFields.write(resourceSpans, NESTED, scopeSpans.toByteArray());
    return resourceSpans.toByteArray();
  }

  /**
   * The span with its largest text cut to an eighth and a note of how much is missing; null if no
   * text is worth cutting.
   */
  @Nullable EncodedSpan shrink() {
    int largest = -1;
    int length = SMALLEST_WORTH_CUTTING;
    int index = 0;
    for (ProtoFields fields = ProtoFields.of(span); fields.next(); index++) {
      String text = fields.is(SPAN_ATTRIBUTES) ? text(fields.content()) : null;
      if (text != null && text.length() > length) {
        largest = index;
        length = text.length();
      }
    }
    return largest < 0 ? null : new EncodedSpan(resource, scope, withCut(largest), true);
  }

  /** The text of an attribute; null if its value is something else. */
  private static @Nullable String text(ProtoFields keyValue) {
    String text = null;
    while (keyValue.next()) {
      if (keyValue.is(KEY_VALUE_VALUE)) {
        for (ProtoFields value = keyValue.content(); value.next(); ) {
          text =
              value.is(ANY_VALUE_STRING) ? new String(value.bytes(), StandardCharsets.UTF_8) : null;
        }
      }
    }
    return text;
  }

  private byte[] withCut(int attribute) {
    ByteArrayOutputStream smaller = new ByteArrayOutputStream();
    int index = 0;
    for (ProtoFields fields = ProtoFields.of(span); fields.next(); index++) {
      if (index == attribute) {
        ProtoFields.write(smaller, SPAN_ATTRIBUTES, withCut(fields.content()));
      } else {
        fields.copy(smaller);
      }
    }
    return smaller.toByteArray();
  }

  private static byte[] withCut(ProtoFields keyValue) {
    ByteArrayOutputStream smaller = new ByteArrayOutputStream();
    while (keyValue.next()) {
      if (keyValue.is(KEY_VALUE_VALUE)) {
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        for (ProtoFields old = keyValue.content(); old.next(); ) {
          String cut = cut(new String(old.bytes(), StandardCharsets.UTF_8));
          ProtoFields.write(value, ANY_VALUE_STRING, cut.getBytes(StandardCharsets.UTF_8));
        }
        ProtoFields.write(smaller, KEY_VALUE_VALUE, value.toByteArray());
      } else {
        keyValue.copy(smaller);
      }
    }
    return smaller.toByteArray();
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
}
