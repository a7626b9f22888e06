package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.ChildJvm;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Attributes on their way to another service and back, as W3C baggage. */
class BaggageTest extends ClientTest {

  private static final TextMapGetter<Map<String, String>> GETTER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> carrier) {
          return carrier.keySet();
        }

        @Override
        public String get(Map<String, String> carrier, String key) {
          return carrier.get(key);
        }
      };

  private static Map<String, String> outgoing() {
    Map<String, String> headers = new HashMap<>();
    W3CBaggagePropagator.getInstance().inject(Context.current(), headers, Map::put);
    return entries(headers);
  }

  private static Map<String, String> entries(Map<String, String> headers) {
    String baggage = headers.get("baggage");
    return baggage == null
        ? Map.of()
        : Arrays.stream(baggage.split(","))
            .map(entry -> entry.split("="))
            .collect(Collectors.toMap(entry -> entry[0], entry -> entry[1]));
  }

  private void incoming(String header, Runnable service) {
    Context context =
        W3CBaggagePropagator.getInstance()
            .extract(Context.root(), Map.of("baggage", header), GETTER);
    try (Scope scope = context.makeCurrent()) {
      service.run();
    }
  }

  @Test
  @Requirement({"R106", "R156"})
  void asBaggage_apiRequestExample_isInTheHeader() {
    langfuse.run(
        "api-request",
        root -> {
          try (PropagationScope scope =
              Langfuse.propagateAttributes(
                  a -> a.userId("user_123").sessionId("session_abc").asBaggage())) {
            assertThat(outgoing())
                .containsEntry("langfuse_user_id", "user_123")
                .containsEntry("langfuse_session_id", "session_abc");
          }
          assertThat(outgoing()).isEmpty();
        });
  }

  @Test
  @Requirement("R107")
  void baggage_withoutAsking_isNotSent() {
    langfuse.run(
        "root",
        root -> {
          try (PropagationScope scope =
              Langfuse.propagateAttributes(a -> a.userId("u").metadata("k", "v"))) {
            assertThat(outgoing()).isEmpty();
          }
        });
  }

  @Test
  @Requirement({"R108", "R109"})
  void baggage_everyAttribute_arrivesInTheNextService() {
    Map<String, String> headers = new HashMap<>();
    Langfuse.propagateAttributes(
            a ->
                a.userId("ü 1")
                    .sessionId("s")
                    .version("v")
                    .traceName("t")
                    .environment("prod")
                    .tags("a", "b")
                    .metadata("plan", "gold")
                    .prompt("p", 4)
                    .asBaggage())
        .run(() -> W3CBaggagePropagator.getInstance().inject(Context.current(), headers, Map::put));

    incoming(headers.get("baggage"), () -> langfuse.run("service-b", o -> {}));

    assertThat(sent("service-b").attributes())
        .isEqualTo(
            root(
                "span",
                "user.id",
                "ü 1",
                "session.id",
                "s",
                "langfuse.version",
                "v",
                "langfuse.trace.name",
                "t",
                "langfuse.environment",
                "prod",
                "langfuse.trace.tags",
                List.of("a", "b"),
                "langfuse.trace.metadata.plan",
                "gold",
                "prompt.name",
                "p",
                "prompt.version",
                4L));
  }

  @Test
  @Requirement("R109")
  void baggage_ofThePythonAndJsSdks_isUnderstood() {
    incoming(
        "langfuse_user_id=user%20123,langfuse_metadata_experiment=variant_a,langfuse_tags=%5B%27a%27%2C%20%27b%27%5D",
        () -> langfuse.run("from-python", o -> {}));
    incoming(
        "langfuse_session_id=s,langfuse_tags=a%2Cb,other=x",
        () -> langfuse.run("from-js", o -> {}));

    assertThat(sent("from-python").attributes())
        .isEqualTo(
            root(
                "span",
                "user.id",
                "user 123",
                "langfuse.trace.metadata.experiment",
                "variant_a",
                "langfuse.trace.tags",
                List.of("a", "b")));
    assertThat(sink.span("from-js").attributes())
        .isEqualTo(root("span", "session.id", "s", "langfuse.trace.tags", List.of("a", "b")));
  }

  @Test
  @Requirement({"R108", "R103"})
  void baggage_thatBreaksTheRules_isDroppedAlone() {
    incoming(
        "langfuse_user_id="
            + "x".repeat(201)
            + ",langfuse_session_id=ok,langfuse_environment=Prod,langfuse_prompt_version=x",
        () -> langfuse.run("service", o -> {}));

    assertThat(sent("service").attributes()).isEqualTo(root("span", "session.id", "ok"));
  }

  @Test
  @Requirement({"R108", "R111"})
  void claim_ofAnUpstreamService_keepsItTheRoot() {
    langfuse.run(
        "upstream",
        upstream ->
            Langfuse.propagateAttributes(a -> a.userId("u").asBaggage())
                .run(
                    () -> {
                      assertThat(outgoing()).containsEntry("langfuse_trace_id", upstream.traceId());
                      langfuse.run(
                          "call",
                          call ->
                              assertThat(outgoing())
                                  .containsEntry("langfuse_trace_id", call.traceId()));
                    }));

    String traceId = Langfuse.createTraceId();
    incoming(
        "langfuse_trace_id=" + traceId,
        () ->
            langfuse.run(
                "downstream",
                o -> o.parent(TraceContext.of(traceId, "fedcba0987654321")),
                o -> {}));
    assertThat(sent("downstream").attributes()).isEqualTo(child("span"));
  }

  private static Map<String, String> sentTo(Context context) {
    Map<String, String> headers = new HashMap<>();
    LangfuseBaggagePropagator.getInstance().inject(context, headers, Map::put);
    return headers;
  }

  @ParameterizedTest
  @CsvSource({
    "api.example.com,api.example.com,true",
    "api.example.com,API.Example.com,true",
    "api.example.com,evil-api.example.com,false",
    "api.example.com,api.example.com.evil.org,false",
    "*.example.com,api.example.com,true",
    "*.example.com,example.com,false",
    "*.example.com,badexample.com,false",
    "' api.example.com ',api.example.com,true",
    "api.example.com,'',false",
  })
  @Requirement("R110")
  void asBaggageTo_reachesTheNamedHostsAndNoOther(String pattern, String host, boolean reached) {
    Langfuse.propagateAttributes(a -> a.userId("u").asBaggageTo("first.example.org", pattern))
        .run(
            () ->
                assertThat(sentTo(LangfuseBaggagePropagator.withHost(Context.current(), host)))
                    .isEqualTo(reached ? Map.of("baggage", "langfuse_user_id=u") : Map.of()));
  }

  @ParameterizedTest
  @CsvSource({
    "CLIENT,server.address,api.example.com,true",
    "CLIENT,net.peer.name,api.example.com,true",
    "CLIENT,url.full,https://api.example.com:8443/v1?q=1,true",
    "CLIENT,http.url,http://api.example.com,true",
    "CLIENT,url.full,http://[bad,false",
    "CLIENT,url.full,https://example.org/api.example.com,false",
    "CLIENT,other,api.example.com,false",
    "SERVER,server.address,api.example.com,false",
  })
  @Requirement("R110")
  void asBaggageTo_hostOfTheClientSpan_counts(
      SpanKind kind, String attribute, String value, boolean reached) {
    Langfuse.propagateAttributes(a -> a.userId("u").asBaggageTo("api.example.com"))
        .run(
            () -> {
              Span span =
                  langfuse
                      .tracerProvider()
                      .get("http")
                      .spanBuilder("POST")
                      .setSpanKind(kind)
                      .setAttribute(attribute, value)
                      .startSpan();
              Map<String, String> headers = sentTo(Context.current().with(span));
              span.end();

              assertThat(headers)
                  .isEqualTo(reached ? Map.of("baggage", "langfuse_user_id=u") : Map.of());
            });
  }

  @Test
  @Requirement("R110")
  void asBaggageTo_withoutOurPropagator_sendsNothing() {
    Langfuse.propagateAttributes(a -> a.userId("u").asBaggage().asBaggageTo("api.example.com"))
        .run(() -> assertThat(outgoing()).isEmpty());
  }

  @Test
  @Requirement("R110")
  void asBaggage_eachBlock_decidesForItsOwnValues() {
    langfuse.run(
        "root",
        root ->
            Langfuse.propagateAttributes(a -> a.userId("secret").tags("at-home"))
                .run(
                    () ->
                        Langfuse.propagateAttributes(a -> a.sessionId("s").tags("t1").asBaggage())
                            .run(
                                () ->
                                    Langfuse.propagateAttributes(
                                            a ->
                                                a.version("v")
                                                    .tags("t2")
                                                    .asBaggageTo("a.example.com"))
                                        .run(() -> assertBlocks(root.traceId())))));
    assertThat(sent("inside").attributes())
        .containsEntry("user.id", "secret")
        .containsEntry("langfuse.trace.tags", List.of("at-home", "t1", "t2"));
  }

  private void assertBlocks(String traceId) {
    langfuse.run("inside", o -> {});
    Context context = Context.current();
    assertThat(outgoing())
        .isEqualTo(
            Map.of(
                "langfuse_session_id", "s", "langfuse_tags", "t1", "langfuse_trace_id", traceId));
    assertThat(entries(sentTo(LangfuseBaggagePropagator.withHost(context, "a.example.com"))))
        .isEqualTo(
            Map.of(
                "langfuse_session_id", "s",
                "langfuse_version", "v",
                "langfuse_tags", "t1%2Ct2",
                "langfuse_trace_id", traceId));
    assertThat(entries(sentTo(LangfuseBaggagePropagator.withHost(context, "b.example.com"))))
        .isEqualTo(outgoing());
  }

  @Test
  @Requirement({"R108", "R100"})
  void tags_ofTheCallerAndOfTheService_areJoined() {
    incoming(
        "langfuse_tags=a%2Cb,langfuse_user_id=upstream",
        () ->
            Langfuse.propagateAttributes(a -> a.tags("b", "c").asBaggage())
                .run(
                    () -> {
                      langfuse.run("service", o -> {});
                      assertThat(outgoing())
                          .isEqualTo(
                              Map.of("langfuse_user_id", "upstream", "langfuse_tags", "a%2Cb%2Cc"));
                    }));

    assertThat(sent("service").attributes())
        .isEqualTo(
            root("span", "user.id", "upstream", "langfuse.trace.tags", List.of("a", "b", "c")));
  }

  /** The header each official SDK sends for the same call, byte for byte. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          JS     | langfuse_user_id=%C3%BC%20user%2C1,langfuse_tags=a%20b%2Cc,langfuse_version=1%2B2
          Python | langfuse_user_id=%C3%BC+user%2C1,langfuse_tags=%5B%27a+b%27%2C+%27c%27%5D,langfuse_version=1%2B2
          """)
  @Requirement("R109")
  void propagator_readsTheBlanksOfEverySdk(String sdk, String header) {
    Context context =
        LangfuseBaggagePropagator.getInstance()
            .extract(Context.root(), Map.of("baggage", header), GETTER);
    try (Scope scope = context.makeCurrent()) {
      langfuse.run("from-" + sdk, o -> {});
    }

    assertThat(sent("from-" + sdk).attributes())
        .isEqualTo(
            root(
                "span",
                "user.id",
                "ü user,1",
                "langfuse.trace.tags",
                List.of("a b", "c"),
                "langfuse.version",
                "1+2"));
  }

  @Test
  @Requirement("R109")
  void propagator_otherPeoplesEntries_stayAsTheyAre() {
    Context context =
        LangfuseBaggagePropagator.getInstance()
            .extract(
                Context.root(), Map.of("baggage", "other=a+b,langfuse_user_id=a+b;p=1"), GETTER);

    Baggage baggage = Baggage.fromContext(context);
    assertThat(baggage.getEntryValue("other")).isEqualTo("a+b");
    assertThat(baggage.getEntryValue("langfuse_user_id")).isEqualTo("a b");
  }

  @Test
  @Requirement({"R109", "R151"})
  void propagator_malformedHeader_bringsNothingAndThrowsNothing() {
    for (String header : List.of("langfuse_user_id=%zz+", "+", "=+", "a+", "k=+,,=;")) {
      Context context =
          LangfuseBaggagePropagator.getInstance()
              .extract(Context.root(), Map.of("baggage", header), GETTER);

      assertThat(Baggage.fromContext(context).getEntryValue("langfuse_user_id")).isNull();
    }
  }

  @Test
  @Requirement("R110")
  void asBaggage_isSaidOnce() {
    ChildJvm.Result result = ChildJvm.run(AsBaggageTwice.class, Map.of());

    assertThat(result.exitCode()).isZero();
    assertThat(result.lines("asBaggage()")).hasSize(1).first().asString().contains("asBaggageTo");
  }

  /** Asks for baggage twice. */
  static final class AsBaggageTwice {
    public static void main(String[] arguments) {
      Langfuse.propagateAttributes(a -> a.userId("one").asBaggage()).run(() -> {});
      Langfuse.propagateAttributes(a -> a.userId("two").asBaggage()).run(() -> {});
    }
  }
}
