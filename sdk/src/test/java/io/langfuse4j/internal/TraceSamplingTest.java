package io.langfuse4j.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceId;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingDecision;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceSamplingTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-12, 0.001, 0.1, 0.5, 0.999, 1})
  void decision_isThatOfOpenTelemetrysSampler(double rate) {
    TraceSampling sampling = new TraceSampling(rate);
    for (int i = 0; i < 2_000; i++) {
      assertSame(sampling, IdGenerator.random().generateTraceId());
    }
    LongStream.of(0, 1, -1, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1)
        .forEach(low -> assertSame(sampling, TraceId.fromLongs(1, low)));
  }

  private static void assertSame(TraceSampling sampling, String traceId) {
    SamplingDecision theirs =
        sampling
            .sampler()
            .shouldSample(
                Context.root(), traceId, "", SpanKind.INTERNAL, Attributes.empty(), List.of())
            .getDecision();
    assertThat(sampling.samples(traceId))
        .as(traceId)
        .isEqualTo(theirs == SamplingDecision.RECORD_AND_SAMPLE);
  }

  @Test
  void rateOfOne_samplesAlways() {
    assertThat(new TraceSampling(1).isAlways()).isTrue();
    assertThat(new TraceSampling(1).sampler()).isEqualTo(Sampler.alwaysOn());
    assertThat(new TraceSampling(0.5).isAlways()).isFalse();
  }
}
