package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.langfuse4j.internal.export.SpanSize;
import io.langfuse4j.testing.RecordedSpan;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.KeyValue;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.sdk.trace.ReadableSpan;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Attributes that hold values in values, as OpenTelemetry's libraries write messages from 1.59. */
class NestedValuesTest extends ClientTest {

  private static final Value<?> MESSAGE =
      Value.of(
          KeyValue.of("role", Value.of("user")),
          KeyValue.of("parts", Value.of(Value.of("hunter2 \"said\""), Value.of(3L))));

  @BeforeEach
  void needsAnOpenTelemetryThatHasThem() {
    boolean known =
        Arrays.stream(AttributeKey.class.getMethods())
            .anyMatch(method -> method.getName().equals("valueKey"));
    assumeTrue(known, "this OpenTelemetry has no attributes with values in values");
  }

  @SuppressWarnings("unchecked") // compiled with an OpenTelemetry that does not know it
  private static void set(Span span, String key, Value<?> value) {
    try {
      Object typed = AttributeKey.class.getMethod("valueKey", String.class).invoke(null, key);
      span.setAttribute((AttributeKey<Object>) typed, value);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private RecordedSpan sentBy(Langfuse client) {
    LangfuseSpan observation = client.startObservation("step");
    set(observation.span(), "gen_ai.input.messages", MESSAGE);
    observation.end();
    assertThat(client.flush()).isTrue();
    return sink.span("step");
  }

  @Test
  void nestedValue_isSentAsJson() {
    assertThat(sentBy(langfuse).attributes().get("gen_ai.input.messages"))
        .isEqualTo("{\"role\":\"user\",\"parts\":[\"hunter2 \\\"said\\\"\",3]}");
  }

  @Test
  void nestedValue_isMaskedAsItsText() {
    Langfuse masking = client(s -> s.mask(Masks.pattern(Pattern.compile("hunter2"), "***")));

    assertThat(sentBy(masking).attributes().get("gen_ai.input.messages"))
        .isEqualTo("{\"role\":\"user\",\"parts\":[\"*** \\\"said\\\"\",3]}");
  }

  @Test
  void fileInANestedValue_isTakenOut() {
    String png = "data:image/png;base64," + "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlE";
    LangfuseSpan step = langfuse.startObservation("step");
    set(step.span(), "gen_ai.input.messages", Value.of(KeyValue.of("image", Value.of(png))));
    step.end();
    langfuse.flush();

    assertThat(sink.span("step").attributes().get("gen_ai.input.messages"))
        .asString()
        .startsWith("{\"image\":\"@@@langfuseMedia:type=image/png|id=")
        .doesNotContain("base64,");
  }

  @Test
  void nestedValue_countsWithWhatIsInIt() {
    LangfuseSpan small = langfuse.startObservation("step");
    LangfuseSpan large = langfuse.startObservation("step");
    set(large.span(), "k", MESSAGE);

    assertThat(size(large) - size(small)).isBetween(40L, 200L);
  }

  private static long size(LangfuseSpan observation) {
    return SpanSize.of(((ReadableSpan) observation.span()).toSpanData());
  }
}
