package io.langfuse4j.conformance.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The starter in an application that Spring Boot traces and meters. */
@Requirement({"R147", "R148"})
class BootTracingTest {

  /** An application without anything of its own. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Application {}

  private final OtlpSink langfuse = new OtlpSink();
  private final OtlpSink others = new OtlpSink();

  @AfterEach
  void close() {
    Langfuse.setDefault(null);
    langfuse.close();
    others.close();
  }

  private ConfigurableApplicationContext start(Map<String, String> more, Class<?>... sources) {
    Map<String, Object> properties = new HashMap<>(Properties.of(langfuse, others));
    properties.putAll(more);
    return new SpringApplicationBuilder(Application.class)
        .sources(sources)
        .web(WebApplicationType.NONE)
        .properties(properties)
        .run();
  }

  /** Work that Boot observes, in it an observation, and in that work of others again. */
  private static void work(ConfigurableApplicationContext application) {
    ObservationRegistry registry = application.getBean(ObservationRegistry.class);
    OpenTelemetry openTelemetry = application.getBean(OpenTelemetry.class);
    Observation.createNotStarted("outer", registry)
        .observe(
            () ->
                application
                    .getBean(Langfuse.class)
                    .run(
                        "answer",
                        answer -> {
                          Observation.createNotStarted("inner", registry).observe(() -> {});
                          openTelemetry.getTracer("litellm").spanBuilder("chat").startSpan().end();
                        }));
  }

  @Test
  void workOfBootAndObservations_nestInOneTrace_eachSentOnce() {
    try (ConfigurableApplicationContext application = start(Map.of())) {
      work(application);
    }

    assertThat(langfuse.names()).containsExactlyInAnyOrder("answer", "chat");
    assertThat(others.names()).containsExactlyInAnyOrder("outer", "inner", "chat");
    RecordedSpan answer = langfuse.span("answer");
    assertThat(answer.parentSpanId()).isEqualTo(others.span("outer").spanId());
    assertThat(others.span("inner").parentSpanId()).isEqualTo(answer.spanId());
    assertThat(langfuse.span("chat").parentSpanId()).isEqualTo(answer.spanId());
    assertThat(others.spans())
        .extracting(RecordedSpan::traceId)
        .containsOnly(answer.traceId(), langfuse.span("chat").traceId());
    assertThat(GlobalOpenTelemetry.getTracer("any").spanBuilder("any").startSpan().isRecording())
        .as("there is a global OpenTelemetry")
        .isFalse();
  }

  @Test
  void tracesThatBootSamplesOut_haveTheirObservationsStill() {
    try (ConfigurableApplicationContext application =
        start(Map.of("management.tracing.sampling.probability", "0.0"))) {
      work(application);
    }

    assertThat(langfuse.names()).contains("answer");
    assertThat(others.names()).doesNotContain("outer");
  }

  @Test
  void processorAndClientAsBeans_putObservationsIntoTheOtherBackendsToo() {
    System.setProperty("langfuse.public.key", "pk");
    System.setProperty("langfuse.secret.key", "sk");
    System.setProperty("langfuse.base.url", langfuse.url());
    try (ConfigurableApplicationContext application = start(Map.of(), SharedProvider.class)) {
      work(application);
    } finally {
      List.of("public.key", "secret.key", "base.url")
          .forEach(name -> System.clearProperty("langfuse." + name));
    }

    assertThat(others.names()).containsExactlyInAnyOrder("outer", "answer", "inner", "chat");
    assertThat(langfuse.names()).containsExactlyInAnyOrder("answer", "chat");
  }

  @Test
  void stats_areMetersOfTheApplication() {
    try (ConfigurableApplicationContext application = start(Map.of())) {
      work(application);
      application.getBean(Langfuse.class).flush();
      MeterRegistry meters = application.getBean(MeterRegistry.class);

      assertThat(meters.get("langfuse.observations.sent").functionCounter().count()).isEqualTo(2);
      assertThat(meters.get("langfuse.observations.dropped").functionCounters()).hasSize(4);
    }
  }
}
