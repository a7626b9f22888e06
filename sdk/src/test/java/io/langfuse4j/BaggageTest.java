package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

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
                    () ->
                        langfuse.run(
                            "call",
                            call ->
                                assertThat(outgoing())
                                    .containsEntry("langfuse_trace_id", call.traceId()))));

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
}
