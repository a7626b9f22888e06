package io.langfuse4j.internal.masking;

import io.langfuse4j.Mask;
import io.langfuse4j.internal.LangfuseAttributes;
import io.langfuse4j.internal.NestedValues;
import io.langfuse4j.internal.Warnings;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.AttributeType;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Set;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Applies a {@link Mask} to every text of a span. What the SDK itself writes and the server needs
 * to read, such as type, level and token counts, is left alone.
 *
 * <p>Thread-safe if the mask is.
 */
public final class SpanMasking {

  /** What stands for a value whose mask failed, as in the Python SDK. */
  public static final String FAILED = "<fully masked due to failed mask function>";

  private static final Warnings warnings =
      new Warnings(Logger.getLogger(SpanMasking.class.getName()));

  private static final Set<String> EXEMPT =
      Set.of(
          LangfuseAttributes.OBSERVATION_TYPE.getKey(),
          LangfuseAttributes.OBSERVATION_LEVEL.getKey(),
          LangfuseAttributes.OBSERVATION_COMPLETION_START_TIME.getKey(),
          LangfuseAttributes.OBSERVATION_USAGE_DETAILS.getKey(),
          LangfuseAttributes.OBSERVATION_COST_DETAILS.getKey(),
          LangfuseAttributes.ENVIRONMENT.getKey(),
          LangfuseAttributes.RELEASE.getKey());

  private final Mask mask;

  public SpanMasking(Mask mask) {
    this.mask = mask;
  }

  /** The span as it may be sent. Never throws. */
  public SpanData apply(SpanData span) {
    return new MaskedSpan(
        span,
        text("name", span.getName()),
        attributes(span.getAttributes()),
        span.getEvents().stream().map(this::event).toList(),
        span.getLinks().stream().map(this::link).toList(),
        status(span.getStatus()));
  }

  private EventData event(EventData event) {
    return EventData.create(
        event.getEpochNanos(),
        text("event.name", event.getName()),
        attributes(event.getAttributes()),
        event.getTotalAttributeCount());
  }

  private LinkData link(LinkData link) {
    return LinkData.create(
        link.getSpanContext(), attributes(link.getAttributes()), link.getTotalAttributeCount());
  }

  private StatusData status(StatusData status) {
    return status.getDescription().isEmpty()
        ? status
        : StatusData.create(
            status.getStatusCode(), text("status.message", status.getDescription()));
  }

  private Attributes attributes(Attributes attributes) {
    AttributesBuilder masked = attributes.toBuilder();
    attributes.forEach((key, value) -> maskInto(masked, key, value));
    return masked.build();
  }

  @SuppressWarnings("unchecked") // the type of a key says what its value is
  private void maskInto(AttributesBuilder masked, AttributeKey<?> key, Object value) {
    if (EXEMPT.contains(key.getKey())) {
      return;
    }
    if (key.getType() == AttributeType.STRING) {
      masked.put((AttributeKey<String>) key, text(key.getKey(), (String) value));
    } else if (key.getType() == AttributeType.STRING_ARRAY) {
      List<@Nullable String> texts =
          ((List<@Nullable String>) value)
              .stream().map(text -> text == null ? null : text(key.getKey(), text)).toList();
      masked.put((AttributeKey<List<@Nullable String>>) key, texts);
    } else if (NestedValues.isHeldBy(key)) {
      masked.put(key.getKey(), text(key.getKey(), NestedValues.text(value)));
    }
  }

  /** What may be sent in place of a text. Never throws. */
  public String text(String key, String text) {
    try {
      String masked = mask.mask(key, text);
      return masked == null ? FAILED : masked;
    } catch (RuntimeException | StackOverflowError | LinkageError e) {
      // The exception's message may contain the very value that was to be hidden.
      warnings.once(
          "mask",
          "The mask failed with "
              + e.getClass().getName()
              + "; the values it fails on are replaced by a marker.");
      return FAILED;
    }
  }

  private static final class MaskedSpan extends DelegatingSpanData {
    private final String name;
    private final Attributes attributes;
    private final List<EventData> events;
    private final List<LinkData> links;
    private final StatusData status;

    MaskedSpan(
        SpanData span,
        String name,
        Attributes attributes,
        List<EventData> events,
        List<LinkData> links,
        StatusData status) {
      super(span);
      this.name = name;
      this.attributes = attributes;
      this.events = events;
      this.links = links;
      this.status = status;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return events;
    }

    @Override
    public List<LinkData> getLinks() {
      return links;
    }

    @Override
    public StatusData getStatus() {
      return status;
    }
  }
}
