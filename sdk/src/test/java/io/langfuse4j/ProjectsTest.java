package io.langfuse4j;

import static io.langfuse4j.ObservationType.SPAN;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of several projects in one JVM: nobody sees what is another's. */
@Requirement("R147")
class ProjectsTest {

  /** A project: its server, and its client once there is one. */
  private static final class Project implements AutoCloseable {
    final OtlpSink sink = new OtlpSink();
    final LangfuseSpanProcessor processor;
    Langfuse client;

    Project(String publicKey) {
      processor =
          LangfuseSpanProcessor.builder()
              .surroundings(Map.of(), ClientTest.NO_LOCAL_SERVER)
              .publicKey(publicKey)
              .secretKey("sk")
              .environment("env-" + publicKey)
              .baseUrl(sink.url())
              .build();
    }

    List<String> names() {
      processor.forceFlush().join(5, java.util.concurrent.TimeUnit.SECONDS);
      return sink.names();
    }

    RecordedSpan span(String name) {
      names();
      return sink.span(name);
    }

    @Override
    public void close() {
      if (client != null) {
        client.close(Duration.ofMillis(200));
      }
      processor.shutdown();
      sink.close();
    }
  }

  private final List<AutoCloseable> closed = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable closeable : closed) {
      closeable.close();
    }
  }

  private Project project(String publicKey) {
    Project project = new Project(publicKey);
    closed.add(project);
    return project;
  }

  private SdkTracerProvider provider(Project... projects) {
    SdkTracerProviderBuilder builder = SdkTracerProvider.builder();
    for (Project project : projects) {
      builder.addSpanProcessor(project.processor);
    }
    SdkTracerProvider provider = builder.build();
    closed.add(0, provider);
    for (Project project : projects) {
      project.client =
          Langfuse.builder()
              .tracerProvider(provider, project.processor)
              .shutdownHook(false)
              .build();
    }
    return provider;
  }

  private static void llmSpan(SdkTracerProvider provider, String name) {
    provider.get("litellm").spanBuilder(name).startSpan().end();
  }

  @Test
  void oneProvider_eachProjectGetsItsObservationsAndWhatIsInsideThem() {
    Project a = project("pk-a");
    Project b = project("pk-b");
    SdkTracerProvider provider = provider(a, b);

    a.client.run(
        "a1",
        a1 -> {
          llmSpan(provider, "llm-of-a");
          b.client.run(
              "b1",
              b1 -> {
                llmSpan(provider, "llm-of-b");
                a.client.run("a2", a2 -> {});
                b.client.startObservation("b2").end();
              });
        });
    llmSpan(provider, "llm-of-nobody");

    assertThat(a.names()).containsExactly("llm-of-a", "a2", "a1");
    assertThat(b.names()).containsExactly("llm-of-b", "b2", "b1");
    assertThat(a.span("a1").attributes())
        .isEqualTo(ClientTest.root("span", "langfuse.environment", "env-pk-a"));
    assertThat(a.span("a2").attributes())
        .isEqualTo(ClientTest.child("span", "langfuse.environment", "env-pk-a"));
    assertThat(b.span("b1").attributes())
        .isEqualTo(
            ClientTest.root(
                "span", "langfuse.environment", "env-pk-b", "langfuse.internal.as_root", true));
    assertThat(b.span("b2").attributes())
        .isEqualTo(ClientTest.child("span", "langfuse.environment", "env-pk-b"));
    assertThat(a.span("llm-of-a").attributes())
        .isEqualTo(Map.of("langfuse.environment", "env-pk-a"));
    assertThat(a.span("a1").scopeAttributes()).isEqualTo(Map.of("public_key", "pk-a"));
    assertThat(b.span("b1").scopeAttributes()).isEqualTo(Map.of("public_key", "pk-b"));
  }

  @Test
  void oneProvider_theVeryFirstSpanOutsideOfAnyObservation_goesToNobody() {
    Project a = project("pk-a");
    Project b = project("pk-b");
    SdkTracerProvider provider = provider(a, b);

    Span first = provider.get("litellm").spanBuilder("first").startSpan();
    try (Scope scope = first.makeCurrent()) {
      llmSpan(provider, "second");
    }
    first.end();

    assertThat(a.names()).isEmpty();
    assertThat(b.names()).isEmpty();
  }

  @Test
  void oneProvider_plainObservationsAndJoinedTraces_stayInTheirProject() {
    Project a = project("pk-a");
    Project b = project("pk-b");
    provider(a, b);
    String traceId = Langfuse.createTraceId("ticket");

    b.client.startObservation("plain-b").end();
    a.client.startObservation("joined", SPAN, o -> o.parent(TraceContext.of(traceId))).end();
    a.client
        .startObservation(
            "below", SPAN, o -> o.parent(TraceContext.of(traceId, "0123456789abcdef")))
        .end();

    assertThat(a.names()).containsExactly("joined", "below");
    assertThat(b.names()).containsExactly("plain-b");
  }

  @Test
  void twoProviders_spansOutsideOfAnyObservation_goWhereTheirProviderDoes() {
    Project a = project("pk-a");
    Project b = project("pk-b");
    SdkTracerProvider ofA = provider(a);
    SdkTracerProvider ofB = provider(b);

    llmSpan(ofA, "llm-a");
    llmSpan(ofB, "llm-b");
    llmSpan(ofA, "llm-a");

    assertThat(a.names()).containsExactly("llm-a", "llm-a");
    assertThat(b.names()).containsExactly("llm-b");
  }

  @Test
  void isolatedClients_nested_eachTraceHasItsRoot() {
    try (OtlpSink sinkA = new OtlpSink();
        OtlpSink sinkB = new OtlpSink();
        Langfuse a = isolated("pk-a", sinkA);
        Langfuse b = isolated("pk-b", sinkB)) {
      a.run("a1", a1 -> b.run("b1", b1 -> a.run("a2", a2 -> b.run("b2", b2 -> {}))));
      assertThat(a.flush()).isTrue();
      assertThat(b.flush()).isTrue();

      assertThat(sinkA.names()).containsExactly("a2", "a1");
      assertThat(sinkB.names()).containsExactly("b2", "b1");
      assertThat(sinkA.span("a1").attributes()).isEqualTo(ClientTest.root("span"));
      assertThat(sinkA.span("a2").attributes()).isEqualTo(ClientTest.child("span"));
      assertThat(sinkB.span("b1").attributes())
          .isEqualTo(ClientTest.root("span", "langfuse.internal.as_root", true));
      assertThat(sinkB.span("b2").attributes()).isEqualTo(ClientTest.child("span"));
    }
  }

  @Test
  void isolatedClients_claimInTheBaggageOfAnother_doesNotCount() {
    try (OtlpSink sinkA = new OtlpSink();
        OtlpSink sinkB = new OtlpSink();
        Langfuse a = isolated("pk-a", sinkA);
        Langfuse b = isolated("pk-b", sinkB)) {
      Langfuse.propagateAttributes(p -> p.userId("u").asBaggage())
          .run(() -> a.run("a1", a1 -> b.run("b1", b1 -> {})));
      assertThat(b.flush()).isTrue();

      assertThat(sinkB.span("b1").attributes())
          .isEqualTo(ClientTest.root("span", "user.id", "u", "langfuse.internal.as_root", true));
    }
  }

  @Test
  void isolatedClientBesideAProcessorOfItsProject_makesOneTree() {
    Project a = project("pk-a");
    SdkTracerProvider provider = SdkTracerProvider.builder().addSpanProcessor(a.processor).build();
    closed.add(0, provider);
    try (Langfuse client = isolated("pk-a", a.sink)) {
      Span agent = provider.get("litellm").spanBuilder("agent").startSpan();
      try (Scope scope = agent.makeCurrent()) {
        client.run("tool", tool -> llmSpan(provider, "llm"));
      }
      agent.end();
      assertThat(client.flush()).isTrue();

      assertThat(a.names()).containsExactlyInAnyOrder("tool", "llm", "agent");
      assertThat(a.span("agent").attributes())
          .isEqualTo(
              Map.of("langfuse.environment", "env-pk-a", "langfuse.internal.is_app_root", true));
      assertThat(a.span("tool").attributes()).isEqualTo(ClientTest.child("span"));
      assertThat(a.span("llm").attributes()).isEqualTo(Map.of("langfuse.environment", "env-pk-a"));
      assertThat(a.span("llm").parentSpanId()).isEqualTo(a.span("tool").spanId());
    }
  }

  @Test
  void isolatedClientBesideAProcessorOfAnotherProject_keepsWhatIsInsideItsObservations() {
    Project other = project("pk-other");
    SdkTracerProvider provider =
        SdkTracerProvider.builder().addSpanProcessor(other.processor).build();
    closed.add(0, provider);
    try (OtlpSink sink = new OtlpSink();
        Langfuse client = isolated("pk-a", sink)) {
      client.run("mine", mine -> llmSpan(provider, "inside"));
      llmSpan(provider, "outside");

      assertThat(other.names()).containsExactly("outside");
    }
  }

  @Test
  void closedProcessor_leavesTheProviderToTheOther() {
    Project a = project("pk-a");
    Project b = project("pk-b");
    SdkTracerProvider provider = provider(a);
    b.processor.shutdown();

    llmSpan(provider, "llm");
    Context.root().wrap(() -> llmSpan(provider, "llm")).run();

    assertThat(a.names()).containsExactly("llm", "llm");
  }

  private static Langfuse isolated(String publicKey, OtlpSink sink) {
    return Langfuse.builder()
        .surroundings(Map.of(), ClientTest.NO_LOCAL_SERVER)
        .publicKey(publicKey)
        .secretKey("sk")
        .baseUrl(sink.url())
        .shutdownHook(false)
        .build();
  }
}
