package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.chat.observation.ChatModelObservationContext;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** What the starter adds where an application has more than Spring. */
class StarterTest {

  private final OtlpSink sink = new OtlpSink();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  @AfterEach
  void close() {
    context.close();
    Langfuse.setDefault(null);
    sink.close();
  }

  private void start(Map<String, Object> more) {
    start(context, more);
  }

  private void start(AnnotationConfigApplicationContext context, Map<String, Object> more) {
    Map<String, Object> properties =
        new HashMap<>(
            Map.of(
                "langfuse.public-key", "pk",
                "langfuse.secret-key", "sk",
                "langfuse.base-url", sink.url()));
    properties.putAll(more);
    context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("t", properties));
    context.register(
        LangfuseAutoConfiguration.class,
        LangfuseActuatorAutoConfiguration.class,
        LangfuseLangChain4jAutoConfiguration.class,
        LangfuseSpringAiAutoConfiguration.class,
        LangfuseWebAutoConfiguration.class);
    context.refresh();
  }

  @Test
  void springAi_isTracedWithoutActuatorAndBridge() {
    start(Map.of());
    ChatModelObservationContext chat =
        ChatModelObservationContext.builder()
            .provider("openai")
            .prompt(new Prompt("Hello?"))
            .build();

    Observation.createNotStarted("chat", () -> chat, context.getBean(ObservationRegistry.class))
        .observe(
            () ->
                chat.setResponse(
                    new ChatResponse(List.of(new Generation(new AssistantMessage("Hello Ada."))))));
    context.getBean(Langfuse.class).flush();

    RecordedSpan span = sink.span("chat");
    assertThat(span.observation("type")).isEqualTo("generation");
    assertThat((String) span.observation("output")).contains("Hello Ada.");
    assertThat(context.getBeansOfType(ChatClientCustomizer.class)).hasSize(1);
  }

  @Test
  void registryOfTheApplication_isUsed() {
    ObservationRegistry own = ObservationRegistry.create();
    context.registerBean(ObservationRegistry.class, () -> own);
    start(Map.of());

    assertThat(context.getBean(ObservationRegistry.class)).isSameAs(own);
    Observation.createNotStarted(
            "chat",
            () ->
                ChatModelObservationContext.builder()
                    .provider("openai")
                    .prompt(new Prompt("Hello?"))
                    .build(),
            own)
        .observe(() -> {});
    context.getBean(Langfuse.class).flush();

    assertThat(sink.names()).containsExactly("chat");
  }

  @Test
  void integrationsSwitchedOff_areNotThere() {
    start(Map.of("langfuse.spring-ai.enabled", "false", "langfuse.langchain4j.enabled", "false"));

    assertThat(context.getBeansOfType(ObservationRegistry.class)).isEmpty();
    assertThat(context.getBeansOfType(ChatModelListener.class)).isEmpty();
  }

  @Test
  void langChain4j_getsAListener() {
    start(Map.of());

    assertThat(context.getBeansOfType(ChatModelListener.class)).hasSize(1);
  }

  @Test
  void health_isThatOfTheBootVersionAndKnowsWhatWasSent() throws Exception {
    start(Map.of());
    Langfuse langfuse = context.getBean(Langfuse.class);
    langfuse.startObservation("something").end();
    langfuse.flush();

    Object health = context.getBean("langfuseHealthIndicator");
    Object answer = health.getClass().getDeclaredMethod("health").invoke(health);

    assertThat(answer.toString()).startsWith("UP").contains("tracing=on", "sent=1", "dropped=0");
  }

  @Test
  void info_tellsOfTheDelivery() {
    start(Map.of());
    Info.Builder info = new Info.Builder();

    context.getBean(InfoContributor.class).contribute(info);

    assertThat(info.build().getDetails().get("langfuse").toString()).contains("tracing=on");
  }

  @Test
  void wrongUrl_isExplained() {
    LangfuseConfigurationException failure =
        failure(Map.of("langfuse.base-url", "localhost/without-scheme"));

    FailureAnalysis analysis = new LangfuseFailureAnalyzer().analyze(failure);

    assertThat(analysis.getDescription()).contains("baseUrl", "localhost/without-scheme");
    assertThat(analysis.getAction()).contains("langfuse");
  }

  @Test
  void wrongKeys_stopTheApplicationIfItAsksForThat() throws IOException {
    LangfuseConfigurationException failure = failureWhenProjectsAreAnswered(401, "");

    assertThat(failure).hasMessageContaining("refuses the keys (HTTP 401)");
    assertThat(failure.action()).contains("langfuse.base-url");
  }

  @Test
  void somethingElseThanLangfuse_stopsTheApplicationIfItAsksForThat() throws IOException {
    assertThat(failureWhenProjectsAreAnswered(404, "no such page"))
        .hasMessageContaining("was answered with 404: no such page");
    assertThat(failureWhenProjectsAreAnswered(200, "<html>hello</html>"))
        .hasMessageContaining("something that is not JSON");
  }

  @Test
  void rightKeys_startTheApplication() throws IOException {
    HttpServer server = answering(200, "{\"data\":[{\"id\":\"p\",\"name\":\"mine\"}]}");
    try {
      start(verifying(server));

      assertThat(context.getBean(Langfuse.class).isEnabled()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void noKeys_stopTheApplicationIfItAsksForThat() {
    assertThat(
            failure(
                Map.of(
                    "langfuse.public-key", "",
                    "langfuse.secret-key", "",
                    "langfuse.base-url", "https://cloud.langfuse.com",
                    "langfuse.verify-on-startup", "true")))
        .hasMessageContaining("no keys");
  }

  private LangfuseConfigurationException failureWhenProjectsAreAnswered(int status, String body)
      throws IOException {
    HttpServer server = answering(status, body);
    try (AnnotationConfigApplicationContext fresh = new AnnotationConfigApplicationContext()) {
      return failure(() -> start(fresh, verifying(server)));
    } finally {
      server.stop(0);
    }
  }

  private static Map<String, Object> verifying(HttpServer server) {
    return Map.of(
        "langfuse.base-url",
        "http://127.0.0.1:" + server.getAddress().getPort(),
        "langfuse.verify-on-startup",
        "true");
  }

  private static HttpServer answering(int status, String body) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/api/public/projects",
        exchange -> {
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
    return server;
  }

  @Test
  void unreachableServer_stopsTheApplicationIfItAsksForThat() {
    assertThat(
            failure(
                Map.of(
                    "langfuse.base-url",
                    "http://127.0.0.1:1",
                    "langfuse.verify-on-startup",
                    "true")))
        .hasMessageContaining("cannot be reached");
  }

  private LangfuseConfigurationException failure(Map<String, Object> properties) {
    return failure(() -> start(properties));
  }

  private static LangfuseConfigurationException failure(ThrowingCallable start) {
    Throwable thrown = catchThrowable(start);
    while (thrown != null && !(thrown instanceof LangfuseConfigurationException)) {
      thrown = thrown.getCause();
    }
    assertThat(thrown).isNotNull();
    return (LangfuseConfigurationException) thrown;
  }

  @Test
  void meters_areTheStats() {
    start(Map.of());
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    context.getBeanProvider(MeterBinder.class).stream().forEach(binder -> binder.bindTo(registry));
    Langfuse langfuse = context.getBean(Langfuse.class);
    sink.answering(n -> OtlpSink.Answer.status(n == 1 ? 400 : 200));
    langfuse.run("refused", o -> {});
    langfuse.flush();
    langfuse.run("sent", o -> o.score("s", 1));
    langfuse.flush();

    assertThat(values(registry))
        .isEqualTo(
            Map.ofEntries(
                Map.entry("langfuse.observations.sent observations", 1.0),
                Map.entry("langfuse.observations.dropped observations queue_full", 0.0),
                Map.entry("langfuse.observations.dropped observations rejected", 1.0),
                Map.entry("langfuse.observations.dropped observations unreachable", 0.0),
                Map.entry("langfuse.observations.dropped observations closed", 0.0),
                Map.entry("langfuse.observations.truncated observations", 0.0),
                Map.entry("langfuse.observations.queued observations", 0.0),
                Map.entry("langfuse.queue.size bytes", 0.0),
                Map.entry("langfuse.spill.size bytes", 0.0),
                Map.entry("langfuse.requests.retried requests", 0.0),
                Map.entry("langfuse.scores.sent scores", 1.0),
                Map.entry("langfuse.scores.dropped scores", 0.0),
                Map.entry("langfuse.scores.queued scores", 0.0),
                Map.entry("langfuse.media.sent files", 0.0),
                Map.entry("langfuse.media.dropped files", 0.0),
                Map.entry("langfuse.media.queued files", 0.0)));
  }

  private static Map<String, Double> values(MeterRegistry registry) {
    Map<String, Double> values = new HashMap<>();
    for (Meter meter : registry.getMeters()) {
      String reason = meter.getId().getTag("reason");
      values.put(
          meter.getId().getName()
              + " "
              + meter.getId().getBaseUnit()
              + (reason == null ? "" : " " + reason),
          meter.measure().iterator().next().getValue());
    }
    return values;
  }

  @Test
  void analyzerAndConfigurations_areRegistered() throws IOException {
    assertThat(resource("META-INF/spring.factories"))
        .contains(LangfuseFailureAnalyzer.class.getName());
    assertThat(
            resource(
                "META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports"))
        .contains(
            LangfuseAutoConfiguration.class.getName(),
            LangfuseClientsAutoConfiguration.class.getName(),
            LangfuseActuatorAutoConfiguration.class.getName(),
            LangfuseLangChain4jAutoConfiguration.class.getName(),
            LangfuseSpringAiAutoConfiguration.class.getName(),
            LangfuseTracingAutoConfiguration.class.getName(),
            LangfuseWebAutoConfiguration.class.getName());
  }

  @Test
  void metadata_describesEveryProperty() throws IOException {
    assertThat(resource("META-INF/spring-configuration-metadata.json"))
        .contains(
            "langfuse.public-key",
            "public key of the project",
            "langfuse.web.user-from-principal",
            "langfuse.verify-on-startup");
  }

  /** All of that name that are ours. */
  private static String resource(String name) throws IOException {
    StringBuilder all = new StringBuilder();
    for (var url :
        java.util.Collections.list(StarterTest.class.getClassLoader().getResources(name))) {
      try (InputStream in = url.openStream()) {
        all.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return all.toString();
  }
}
