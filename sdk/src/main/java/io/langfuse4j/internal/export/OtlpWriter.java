package io.langfuse4j.internal.export;

import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.NestedValues;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes spans as an OTLP {@code ExportTraceServiceRequest} (opentelemetry-proto, trace/v1).
 *
 * <p>The scope of our own observations carries the project's public key as an attribute, as the
 * official SDKs send it; OpenTelemetry's Java API cannot set scope attributes, so it is added here.
 *
 * <p>Not thread-safe: one writer per exporting thread.
 */
final class OtlpWriter {

  private static final AttributeKey<String> PUBLIC_KEY = AttributeKey.stringKey("public_key");

  private final ReverseProtoWriter out = new ReverseProtoWriter();
  private final String publicKey;

  OtlpWriter(String publicKey) {
    this.publicKey = publicKey;
  }

  /** The request of the last {@link #write}; valid until the next. */
  ReverseProtoWriter request() {
    return out;
  }

  void write(List<SpanData> spans) {
    out.reset();
    Map<Resource, Map<InstrumentationScopeInfo, List<SpanData>>> groups = new LinkedHashMap<>();
    for (SpanData span : spans) {
      groups
          .computeIfAbsent(span.getResource(), resource -> new LinkedHashMap<>())
          .computeIfAbsent(span.getInstrumentationScopeInfo(), scope -> new ArrayList<>())
          .add(span);
    }
    reversed(groups.entrySet()).forEach(e -> resourceSpans(e.getKey(), e.getValue()));
  }

  private void resourceSpans(
      Resource resource, Map<InstrumentationScopeInfo, List<SpanData>> scopes) {
    int mark = out.size();
    String schemaUrl = resource.getSchemaUrl();
    if (schemaUrl != null) {
      out.string(3, schemaUrl);
    }
    reversed(scopes.entrySet()).forEach(e -> scopeSpans(e.getKey(), e.getValue()));
    int inner = out.size();
    attributes(1, resource.getAttributes());
    out.message(1, inner);
    out.message(1, mark);
  }

  private void scopeSpans(InstrumentationScopeInfo scope, List<SpanData> spans) {
    int mark = out.size();
    String schemaUrl = scope.getSchemaUrl();
    if (schemaUrl != null) {
      out.string(3, schemaUrl);
    }
    for (int i = spans.size() - 1; i >= 0; i--) {
      span(spans.get(i));
    }
    int inner = out.size();
    attributes(3, scopeAttributes(scope));
    String version = scope.getVersion();
    if (version != null) {
      out.string(2, version);
    }
    out.string(1, scope.getName());
    out.message(1, inner);
    out.message(2, mark);
  }

  private Attributes scopeAttributes(InstrumentationScopeInfo scope) {
    return scope.getName().equals(LangfuseAttributes.SCOPE_NAME)
        ? scope.getAttributes().toBuilder().put(PUBLIC_KEY, publicKey).build()
        : scope.getAttributes();
  }

  private void span(SpanData span) {
    int mark = out.size();
    SpanContext context = span.getSpanContext();
    SpanContext parent = span.getParentSpanContext();
    out.fixed32(16, flags(context, parent));
    status(span.getStatus());
    out.uint32(14, span.getTotalRecordedLinks() - span.getLinks().size());
    reversed(span.getLinks()).forEach(this::link);
    out.uint32(12, span.getTotalRecordedEvents() - span.getEvents().size());
    reversed(span.getEvents()).forEach(this::event);
    out.uint32(10, span.getTotalAttributeCount() - span.getAttributes().size());
    attributes(9, span.getAttributes());
    out.fixed64(8, span.getEndEpochNanos());
    out.fixed64(7, span.getStartEpochNanos());
    out.uint32(6, kind(span.getKind()));
    out.string(5, span.getName());
    if (parent.isValid()) {
      out.bytesAlways(4, parent.getSpanIdBytes());
    }
    out.string(3, traceState(context.getTraceState()));
    out.bytesAlways(2, context.getSpanIdBytes());
    out.bytesAlways(1, context.getTraceIdBytes());
    out.message(2, mark);
  }

  /** W3C flags in the low byte; bit 8 says that bit 9, the parent being remote, is known. */
  private static int flags(SpanContext context, SpanContext parent) {
    int flags = context.getTraceFlags().asByte() & 0xFF | 0x100;
    return parent.isRemote() ? flags | 0x200 : flags;
  }

  /** OTLP's {@code SpanKind}, in which 0 is unspecified. */
  private static int kind(SpanKind kind) {
    return switch (kind) {
      case INTERNAL -> 1;
      case SERVER -> 2;
      case CLIENT -> 3;
      case PRODUCER -> 4;
      case CONSUMER -> 5;
    };
  }

  private void status(StatusData status) {
    if (status.getStatusCode() == StatusCode.UNSET) {
      return;
    }
    int mark = out.size();
    out.uint32(3, status.getStatusCode() == StatusCode.ERROR ? 2 : 1);
    out.string(2, status.getDescription());
    out.message(15, mark);
  }

  private void event(EventData event) {
    int mark = out.size();
    out.uint32(4, event.getDroppedAttributesCount());
    attributes(3, event.getAttributes());
    out.string(2, event.getName());
    out.fixed64(1, event.getEpochNanos());
    out.message(11, mark);
  }

  private void link(LinkData link) {
    int mark = out.size();
    SpanContext context = link.getSpanContext();
    out.fixed32(6, flags(context, context));
    out.uint32(5, link.getTotalAttributeCount() - link.getAttributes().size());
    attributes(4, link.getAttributes());
    out.string(3, traceState(context.getTraceState()));
    out.bytesAlways(2, context.getSpanIdBytes());
    out.bytesAlways(1, context.getTraceIdBytes());
    out.message(13, mark);
  }

  private void attributes(int field, Attributes attributes) {
    attributes.forEach(
        (key, value) -> {
          if (value instanceof String || !isSuperseded(attributes, key)) {
            attribute(field, key.getKey(), value);
          }
        });
  }

  /** A metadata key that was given values of several types: its text is the latest. */
  private static boolean isSuperseded(Attributes attributes, AttributeKey<?> key) {
    String name = key.getKey();
    return name.startsWith(LangfuseAttributes.OBSERVATION_METADATA_PREFIX)
        && attributes.get(AttributeKey.stringKey(name)) != null;
  }

  private void attribute(int field, String key, Object value) {
    int mark = out.size();
    int inner = out.size();
    anyValue(value);
    out.message(2, inner);
    out.string(1, key);
    out.message(field, mark);
  }

  /** Null, which only arrays can hold, is a value without content. */
  private void anyValue(@Nullable Object value) {
    if (value == null) {
      return;
    }
    if (value instanceof String string) {
      out.stringAlways(1, string);
    } else if (value instanceof Boolean bool) {
      out.varintAlways(2, bool ? 1 : 0);
    } else if (value instanceof Long number) {
      out.varintAlways(3, number);
    } else if (value instanceof Double number) {
      out.fixed64(4, Double.doubleToRawLongBits(number));
    } else if (value instanceof List<?> list) {
      int mark = out.size();
      for (int i = list.size() - 1; i >= 0; i--) {
        int inner = out.size();
        anyValue(list.get(i));
        out.message(1, inner);
      }
      out.message(5, mark);
    } else {
      out.stringAlways(1, NestedValues.text(value));
    }
  }

  private static String traceState(TraceState state) {
    if (state.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    state.forEach(
        (key, value) ->
            text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
    return text.toString();
  }

  @SuppressWarnings("unchecked")
  private static <T> List<T> reversed(java.util.Collection<T> items) {
    Object[] array = items.toArray();
    for (int i = 0, j = array.length - 1; i < j; i++, j--) {
      Object swapped = array[i];
      array[i] = array[j];
      array[j] = swapped;
    }
    return (List<T>) Arrays.asList(array);
  }
}
