package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBaggagePropagator;
import io.langfuse4j.TraceContext;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code vectors/headers.json}: the headers that this SDK sends are the recorded ones, and those of
 * the SDKs for JavaScript and Python are understood. Their own tests, in {@code js} and {@code
 * python}, show the same of them with the real packages.
 */
@Requirement({"R106", "R109"})
class HeaderVectorsTest {

  private static final TextMapPropagator propagators =
      TextMapPropagator.composite(
          W3CTraceContextPropagator.getInstance(), LangfuseBaggagePropagator.getInstance());
  private static final TextMapGetter<Map<String, String>> HEADERS =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> headers) {
          return headers.keySet();
        }

        @Override
        public String get(Map<String, String> headers, String name) {
          return headers.get(name);
        }
      };

  private final JsonNode vectors = read();
  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder()
          .publicKey("pk")
          .secretKey("sk")
          .baseUrl(sink.url())
          .shutdownHook(false)
          .build();

  @AfterEach
  void close() {
    langfuse.close();
    sink.close();
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper().readTree(Repository.read("conformance/vectors/headers.json"));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void headers_areTheRecordedOnes() {
    JsonNode given = vectors.get("attributes");
    Map<String, String> headers = new HashMap<>();

    langfuse.run(
        "caller",
        o -> o.parent(TraceContext.of(text("traceId"), text("parentSpanId"))),
        caller ->
            Langfuse.propagateAttributes(
                    a ->
                        a.userId(given.get("userId").textValue())
                            .sessionId(given.get("sessionId").textValue())
                            .version(given.get("version").textValue())
                            .traceName(given.get("traceName").textValue())
                            .tags(given.at("/tags/0").textValue(), given.at("/tags/1").textValue())
                            .metadata("plan", given.at("/metadata/plan").textValue())
                            .asBaggage())
                .run(() -> propagators.inject(Context.current(), headers, Map::put)));

    assertThat(Arrays.stream(headers.get("baggage").split(",")).sorted().toList())
        .isEqualTo(List.of(vectors.at("/baggage/java").textValue().split(",")));
    assertThat(headers.get("traceparent")).matches("00-" + text("traceId") + "-[0-9a-f]{16}-01");
  }

  @ParameterizedTest
  @ValueSource(strings = {"java", "js", "python"})
  void headers_ofEachSdk_areUnderstood(String sdk) {
    Map<String, String> headers =
        Map.of(
            "traceparent",
            "00-" + text("traceId") + "-" + text("parentSpanId") + "-01",
            "baggage",
            vectors.at("/baggage/" + sdk).textValue());

    try (Scope scope = propagators.extract(Context.root(), headers, HEADERS).makeCurrent()) {
      langfuse.run("called", o -> {});
    }
    assertThat(langfuse.flush()).isTrue();

    RecordedSpan called = sink.span("called");
    assertThat(called.traceId()).isEqualTo(text("traceId"));
    assertThat(called.parentSpanId()).isEqualTo(text("parentSpanId"));
    Map<String, Object> expected = received();
    expected.put("langfuse.observation.type", "span");
    assertThat(called.attributes()).isEqualTo(expected);
  }

  private Map<String, Object> received() {
    return vectors.get("received").properties().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> value(entry.getValue()), (a, b) -> a, TreeMap::new));
  }

  private static Object value(JsonNode value) {
    return value.isArray()
        ? List.of(value.get(0).textValue(), value.get(1).textValue())
        : value.textValue();
  }

  private String text(String name) {
    return vectors.get(name).textValue();
  }
}
