package io.langfuse4j.internal.masking;

import io.langfuse4j.internal.LangfuseAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.List;
import java.util.Set;

/**
 * The types of observations whose inputs or outputs stay in the application. Ours are not even
 * serialised; from spans of other libraries the known attributes and events are left out.
 *
 * <p>Immutable.
 *
 * @param withoutInput wire names of types
 * @param withoutOutput wire names of types
 */
public record CapturePolicy(Set<String> withoutInput, Set<String> withoutOutput) {

  /** Whether there is something to leave out. */
  public boolean isEmpty() {
    return withoutInput.isEmpty() && withoutOutput.isEmpty();
  }

  /** Whether an observation of this type may have this attribute, one of input and output. */
  public boolean captures(AttributeKey<String> key, String type) {
    boolean input =
        key == LangfuseAttributes.OBSERVATION_INPUT || key == LangfuseAttributes.TRACE_INPUT;
    return !(input ? withoutInput : withoutOutput).contains(type);
  }

  /** The span as it may be sent. */
  public SpanData apply(SpanData span) {
    String type = SpanTypes.of(span.getAttributes());
    boolean noInput = withoutInput.contains(type);
    boolean noOutput = withoutOutput.contains(type);
    return noInput || noOutput ? new WithoutContent(span, noInput, noOutput) : span;
  }

  private static final class WithoutContent extends DelegatingSpanData {
    private final boolean noInput;
    private final boolean noOutput;
    private final Attributes attributes;
    private final List<EventData> events;
    private final int leftOutAttributes;
    private final int leftOutEvents;

    WithoutContent(SpanData span, boolean noInput, boolean noOutput) {
      super(span);
      this.noInput = noInput;
      this.noOutput = noOutput;
      this.attributes = strip(span.getAttributes());
      this.events =
          span.getEvents().stream()
              .filter(event -> !isMessage(event.getName()))
              .map(this::strip)
              .toList();
      this.leftOutAttributes = span.getAttributes().size() - attributes.size();
      this.leftOutEvents = span.getEvents().size() - events.size();
    }

    private Attributes strip(Attributes given) {
      return given.toBuilder().removeIf(key -> isContent(key.getKey())).build();
    }

    private EventData strip(EventData event) {
      return EventData.create(
          event.getEpochNanos(),
          event.getName(),
          strip(event.getAttributes()),
          event.getTotalAttributeCount());
    }

    private boolean isContent(String key) {
      return noInput && ContentKeys.INPUT.contains(key)
          || noOutput && ContentKeys.OUTPUT.contains(key);
    }

    private boolean isMessage(String event) {
      return noInput && ContentKeys.INPUT.isEvent(event)
          || noOutput && ContentKeys.OUTPUT.isEvent(event);
    }

    @Override
    public Attributes getAttributes() {
      return attributes;
    }

    @Override
    public List<EventData> getEvents() {
      return events;
    }

    /** What is left out on purpose was not dropped for want of space. */
    @Override
    public int getTotalAttributeCount() {
      return super.getTotalAttributeCount() - leftOutAttributes;
    }

    @Override
    public int getTotalRecordedEvents() {
      return super.getTotalRecordedEvents() - leftOutEvents;
    }
  }
}
