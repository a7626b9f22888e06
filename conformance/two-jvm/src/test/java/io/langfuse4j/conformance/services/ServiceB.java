package io.langfuse4j.conformance.services;

import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/**
 * The service that is called: a Spring Boot application with tracing of its own, configured like
 * one. A servlet application, or a reactive one where there are no servlets on the class path.
 */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import(ServiceB.Answers.class)
class ServiceB {

  static final String READY = "service B listens on ";

  public static void main(String[] arguments) {
    ConfigurableApplicationContext context = SpringApplication.run(ServiceB.class, arguments);
    System.out.println(READY + context.getEnvironment().getProperty("local.server.port"));
  }

  /** Answers with the name of the thread that served it. */
  @RestController
  static class Answers {

    private final Langfuse langfuse;
    private final OpenTelemetry openTelemetry;

    Answers(Langfuse langfuse, OpenTelemetry openTelemetry) {
      this.langfuse = langfuse;
      this.openTelemetry = openTelemetry;
    }

    @GetMapping("/answer")
    String answer() {
      return langfuse.observe("service-b", GENERATION, generation -> think());
    }

    @GetMapping("/later")
    Mono<String> later() {
      return Mono.delay(Duration.ofMillis(5)).map(tick -> answer());
    }

    /** What an instrumented library does inside, with the application's OpenTelemetry. */
    private String think() {
      openTelemetry.getTracer("litellm").spanBuilder("chat").startSpan().end();
      return Thread.currentThread().getName();
    }
  }
}
