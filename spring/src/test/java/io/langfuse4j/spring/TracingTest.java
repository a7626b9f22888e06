package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpanProcessor;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import io.opentelemetry.sdk.trace.SpanProcessor;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.MapPropertySource;

/** The client beside a tracer provider that takes all span processors there are, as Boot's does. */
class TracingTest {

  /** What Boot configures, as far as it matters here. */
  @Configuration(proxyBeanMethods = false)
  static class Tracing {
    @Bean
    SdkTracerProvider tracerProvider(ObjectProvider<SpanProcessor> processors) {
      SdkTracerProviderBuilder builder = SdkTracerProvider.builder();
      processors.orderedStream().forEach(builder::addSpanProcessor);
      return builder.build();
    }
  }

  /** The client is made of something that is traced itself. */
  @Configuration(proxyBeanMethods = false)
  static class CustomizerThatIsTraced {
    @Bean
    LangfuseCustomizer customizer(SdkTracerProvider provider) {
      provider.get("litellm").spanBuilder("at the start").startSpan().end();
      return builder -> builder.mask((key, text) -> text.replace("secret", "***"));
    }
  }

  /** The application sends its observations to its own backends too. */
  @Configuration(proxyBeanMethods = false)
  static class OwnClient {
    @Bean
    LangfuseSpanProcessor processor(OtlpSink sink) {
      return LangfuseSpanProcessor.builder()
          .publicKey("pk")
          .secretKey("sk")
          .baseUrl(sink.url())
          .build();
    }

    @Bean
    Langfuse client(SdkTracerProvider provider, LangfuseSpanProcessor processor) {
      return Langfuse.builder().tracerProvider(provider, processor).shutdownHook(false).build();
    }
  }

  private final OtlpSink sink = new OtlpSink();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @AfterEach
  void close() {
    context.close();
    Langfuse.setDefault(null);
    sink.close();
  }

  private void start(Map<String, Object> more, Class<?>... configurations) {
    context
        .getEnvironment()
        .getPropertySources()
        .addFirst(
            new MapPropertySource(
                "keys",
                Map.of(
                    "langfuse.public-key", "pk",
                    "langfuse.secret-key", "sk",
                    "langfuse.base-url", sink.url())));
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("t", more));
    context.registerBean(
        OtlpSink.class, () -> sink, definition -> definition.setDestroyMethodName(""));
    context.register(Tracing.class);
    if (configurations.length > 0) {
      context.register(configurations);
    }
    context.register(
        LangfuseAutoConfiguration.class,
        LangfuseSpringAiAutoConfiguration.class,
        LangfuseTracingAutoConfiguration.class);
    context.refresh();
  }

  /** An HTTP request with an observation, and in it what other libraries do. */
  private Span request() {
    SdkTracerProvider provider = context.getBean(SdkTracerProvider.class);
    Span http = provider.get("org.springframework.boot").spanBuilder("http get /").startSpan();
    try (Scope scope = http.makeCurrent()) {
      context
          .getBean(Langfuse.class)
          .run(
              "answer",
              o -> {
                provider.get("litellm").spanBuilder("secret chat").startSpan().end();
                provider
                    .get("org.springframework.boot")
                    .spanBuilder("chat gpt-4o")
                    .setAttribute("gen_ai.operation.name", "chat")
                    .startSpan()
                    .end();
              });
    }
    http.end();
    assertThat(context.getBean(Langfuse.class).flush()).isTrue();
    return http;
  }

  @Test
  void spansOfOtherLibraries_areSentByTheClientThatIsMadeOfTheSameProvider() {
    start(Map.of(), CustomizerThatIsTraced.class);

    Span http = request();

    assertThat(sink.names()).containsExactly("*** chat", "answer");
    RecordedSpan chat = sink.span("*** chat");
    RecordedSpan answer = sink.span("answer");
    assertThat(chat.parentSpanId()).isEqualTo(answer.spanId());
    assertThat(answer.parentSpanId()).isEqualTo(http.getSpanContext().getSpanId());
    assertThat(chat.traceId()).isEqualTo(http.getSpanContext().getTraceId());
  }

  @Test
  void springAiWithoutOurIntegration_isSentAsItsOwnSpans() {
    start(Map.of("langfuse.spring-ai.enabled", "false"));

    request();

    assertThat(sink.names()).containsExactly("secret chat", "chat gpt-4o", "answer");
  }

  @Test
  void switchedOff_sendsOurObservationsAlone() {
    start(Map.of("langfuse.span-processor.enabled", "false"));

    request();

    assertThat(sink.names()).containsExactly("answer");
    assertThat(context.getBeansOfType(SpanProcessor.class)).isEmpty();
  }

  @Test
  void processorAndClientOfTheApplication_areUsedAlone() {
    start(Map.of(), OwnClient.class);

    request();

    assertThat(context.getBeansOfType(SpanProcessor.class)).hasSize(1);
    assertThat(sink.names()).containsExactly("secret chat", "chat gpt-4o", "answer");
  }

  @Test
  void end_sendsWhatIsQueued() {
    start(Map.of());
    context.getBean(SdkTracerProvider.class).get("litellm").spanBuilder("chat").startSpan().end();

    context.close();

    assertThat(sink.names()).containsExactly("chat");
  }
}
