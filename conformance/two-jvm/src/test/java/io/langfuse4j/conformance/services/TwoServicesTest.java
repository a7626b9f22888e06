package io.langfuse4j.conformance.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.TraceAttributes;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/**
 * Service A in this JVM calls service B in another. Both are Spring Boot applications that trace
 * themselves and export that elsewhere; both send to the same Langfuse.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Requirement({"R106", "R107", "R110", "R147", "R156"})
class TwoServicesTest {

  private static final int SERVER = 2;
  private static final int CLIENT = 3;

  /** The service that calls. */
  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class ServiceA {}

  private final OtlpSink langfuse = new OtlpSink();
  private final OtlpSink others = new OtlpSink();
  private final Map<Server, RunningService> servicesB = new EnumMap<>(Server.class);
  private ConfigurableApplicationContext serviceA;
  private Calls calls;

  @BeforeAll
  void start() {
    for (Server server : Server.values()) {
      servicesB.put(
          server, RunningService.start(server.withoutJars, Properties.of(langfuse, others)));
    }
    serviceA =
        new SpringApplicationBuilder(ServiceA.class)
            .web(WebApplicationType.NONE)
            .properties(Map.copyOf(Properties.of(langfuse, others)))
            .run();
    calls =
        new Calls(
            serviceA.getBean(RestClient.Builder.class), serviceA.getBean(WebClient.Builder.class));
  }

  @AfterAll
  void stop() throws InterruptedException {
    if (serviceA != null) {
      serviceA.close();
    }
    Langfuse.setDefault(null);
    for (RunningService serviceB : servicesB.values()) {
      serviceB.close();
    }
    langfuse.close();
    others.close();
  }

  static Stream<Arguments> calls() {
    return Stream.of(Server.values()).flatMap(server -> callsOf(server));
  }

  private static Stream<Arguments> callsOf(Server server) {
    return Stream.concat(
        Stream.of(Caller.values()).map(caller -> Arguments.arguments(server, "/answer", caller)),
        Stream.of(Caller.JDK, Caller.WEB_CLIENT)
            .map(caller -> Arguments.arguments(server, "/later", caller)));
  }

  /** What became of one call: the spans of its trace by name, those of Langfuse and the others. */
  private record Trace(Map<String, RecordedSpan> langfuse, List<RecordedSpan> others) {

    RecordedSpan observation(String name) {
      return langfuse.get(name);
    }

    RecordedSpan other(int kind) {
      List<RecordedSpan> found = others.stream().filter(span -> span.kind() == kind).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private Trace call(
      Server server,
      String host,
      String path,
      Caller caller,
      Consumer<TraceAttributes> attributes) {
    URI uri = URI.create("http://" + host + ":" + servicesB.get(server).port() + path);
    String traceId =
        Langfuse.get()
            .observe(
                "api-request",
                request ->
                    Langfuse.propagateAttributes(attributes)
                        .call(
                            () -> {
                              request.output(calls.with(caller, uri));
                              return request.traceId();
                            }));
    int spansOfOthers = caller.traced ? 3 : 2;
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(10))
        .untilAsserted(
            () -> {
              assertThat(spans(langfuse, traceId))
                  .extracting(RecordedSpan::name)
                  .containsExactlyInAnyOrder("api-request", "service-b", "chat");
              assertThat(spans(others, traceId)).hasSize(spansOfOthers);
            });
    Map<String, RecordedSpan> byName = new HashMap<>();
    spans(langfuse, traceId).forEach(span -> byName.put(span.name(), span));
    return new Trace(byName, spans(others, traceId));
  }

  private static List<RecordedSpan> spans(OtlpSink sink, String traceId) {
    return sink.spans().stream().filter(span -> span.traceId().equals(traceId)).toList();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void asBaggage_isOneTraceWithUserAndSessionOnBothSides(
      Server server, String path, Caller caller) {
    Trace trace =
        call(
            server,
            "127.0.0.1",
            path,
            caller,
            a -> a.userId("user_123").sessionId("session_baggage").asBaggage());

    assertThat(trace.langfuse().values())
        .allSatisfy(
            span ->
                assertThat(span.attributes())
                    .containsEntry("user.id", "user_123")
                    .containsEntry("session.id", "session_baggage"));
    RecordedSpan request = trace.observation("api-request");
    RecordedSpan served = trace.other(SERVER);
    assertThat(trace.observation("service-b").parentSpanId()).isEqualTo(served.spanId());
    assertThat(trace.observation("chat").parentSpanId())
        .isEqualTo(trace.observation("service-b").spanId());
    if (caller.traced) {
      assertThat(trace.other(CLIENT).parentSpanId()).isEqualTo(request.spanId());
      assertThat(served.parentSpanId()).isEqualTo(trace.other(CLIENT).spanId());
    } else {
      assertThat(served.parentSpanId()).isEqualTo(request.spanId());
    }
    assertThat(trace.others())
        .as("what the application exports elsewhere, as before")
        .extracting(RecordedSpan::name)
        .contains("chat")
        .doesNotContain("api-request", "service-b");
    assertThat(request.attributes()).containsEntry("langfuse.internal.is_app_root", true);
    assertThat(trace.observation("service-b").attributes())
        .doesNotContainKey("langfuse.internal.is_app_root");
  }

  @ParameterizedTest
  @MethodSource("calls")
  void withoutAsking_isOneTraceAndNothingMoreTravels(Server server, String path, Caller caller) {
    Trace trace = call(server, "127.0.0.1", path, caller, a -> a.userId("user_123").sessionId("s"));

    assertThat(trace.observation("api-request").attributes()).containsEntry("user.id", "user_123");
    assertThat(trace.observation("service-b").attributes())
        .isEqualTo(
            Map.of(
                "langfuse.observation.type", "generation",
                "langfuse.internal.is_app_root", true,
                "langfuse.internal.as_root", true));
    assertThat(trace.observation("service-b").parentSpanId())
        .isEqualTo(trace.other(SERVER).spanId());
  }

  @ParameterizedTest
  @MethodSource("calls")
  void asBaggageTo_reachesTheNamedHostAndNoOther(Server server, String path, Caller caller) {
    Consumer<TraceAttributes> attributes = a -> a.userId("user_123").asBaggageTo("localhost");

    assertThat(
            call(server, "localhost", path, caller, attributes)
                .observation("service-b")
                .attributes())
        .as("a client whose host is not known sends nothing")
        .matches(found -> found.containsKey("user.id") == caller.knowsHost);
    assertThat(
            call(server, "127.0.0.1", path, caller, attributes)
                .observation("service-b")
                .attributes())
        .doesNotContainKey("user.id");
  }
}
