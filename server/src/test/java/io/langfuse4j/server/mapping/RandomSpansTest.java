package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpException;
import io.langfuse4j.server.otlp.OtlpJson;
import io.langfuse4j.server.otlp.OtlpProtobuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Every attribute that the vectors know, with values that nobody expects there. Whatever comes, a
 * span is mapped, the same from JSON and protobuf, and everything that is JSON can be read back.
 */
class RandomSpansTest {
  private static final long SEED = 20261121;
  private static final JsonMapper DEFAULTS = new JsonMapper();

  private static final List<Object> VALUES =
      List.of(
          "",
          " ",
          "text",
          "null",
          "true",
          "0",
          "-1",
          "1.5",
          "\"quoted\"",
          "[]",
          "{}",
          "[1,\"a\",null,{\"role\":\"tool\",\"content\":\"{}\"}]",
          "{\"messages\":[null,1],\"message\":3,\"config\":[],\"usage\":7,\"tools\":{}}",
          "{\"openai\":[],\"anthropic\":{\"usage\":1},\"name\":[],\"version\":{},\"tools\":[{}]}",
          "{\"choices\":[1,{\"message\":null}],\"tool_calls\":{\"function\":[]},\"content\":\"x\"}",
          "[{\"type\":\"tool_use\",\"name\":3},{\"name\":\"n\",\"function\":{\"name\":\"f\"}}]",
          "{\"input\":{},\"output\":[1],\"total\":null}",
          "{unclosed",
          0,
          -7L,
          Long.MIN_VALUE,
          0.5,
          true,
          false,
          List.of(),
          List.of("", "{\"name\":\"t\"}", 1, List.of()),
          Json.parse("{}"),
          Json.parse("{\"bytesValue\":\"AAH/\"}"),
          Json.parse("{\"kvlistValue\":{\"values\":[{\"key\":\"k\"}]}}"));

  private static final List<String> SCOPES =
      List.of(
          "test",
          "ai",
          "genkit-tracer",
          "@flue/opentelemetry",
          "pydantic-ai",
          "gcp.vertex.agent",
          "livekit-agents",
          "langfuse-sdk");

  @Test
  void anyAttributes_areMappedTheSameFromBothEncodings() throws Exception {
    Random random = new Random(SEED);
    List<String> keys = keys();

    for (int i = 0; i < 4000; i++) {
      OtlpJson span = OtlpJson.span().scope(pick(SCOPES, random));
      for (int attribute = random.nextInt(12); attribute >= 0; attribute--) {
        span.with(pick(keys, random), pick(VALUES, random));
        span.resource(pick(keys, random), pick(VALUES, random));
      }
      MappedSpan mapped = Mapped.one(random.nextBoolean() ? span.root() : span);

      assertReadable(mapped, span);
    }
  }

  @Test
  void damagedProtobuf_isMappedOrRefused() {
    Random random = new Random(SEED);
    byte[] sound =
        OtlpProtobuf.from(
                OtlpJson.span("langfuse.observation.input", "héllo")
                    .with("gen_ai.usage.input_tokens", 5)
                    .with("input", List.of("a", Json.parse("{\"kvlistValue\":{}}")))
                    .event("gen_ai.choice", java.util.Map.of("index", 0))
                    .request())
            .toByteArray();
    int refused = 0;

    for (int i = 0; i < 20_000; i++) {
      byte[] damaged = sound.clone();
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(Mapped.protobuf(damaged)).isNotNull();
      } catch (OtlpException e) {
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 19_999);
  }

  @Test
  void damagedJson_isMappedOrRefused() {
    Random random = new Random(SEED);
    String sound =
        OtlpJson.span("langfuse.observation.metadata", "{\"a\":[1,2]}")
            .with("gen_ai.usage.input_tokens", 5)
            .event("gen_ai.choice", java.util.Map.of("index", 0))
            .request()
            .toString();
    String alphabet = "{}[]\",:0x \\null\u0000";
    int refused = 0;

    for (int i = 0; i < 20_000; i++) {
      StringBuilder damaged = new StringBuilder(sound);
      for (int flips = random.nextInt(3); flips >= 0; flips--) {
        char replacement = alphabet.charAt(random.nextInt(alphabet.length()));
        damaged.setCharAt(random.nextInt(damaged.length()), replacement);
      }
      try {
        assertThat(Mapped.json(damaged.toString())).isNotNull();
      } catch (OtlpException e) {
        refused++;
      }
    }

    assertThat(refused).isBetween(1, 19_999);
  }

  @Test
  void anyJsonInAnyPlace_isMappedOrRefused() {
    List<String> places =
        List.of(
            "/resourceSpans",
            "/resourceSpans/0",
            "/resourceSpans/0/resource",
            "/resourceSpans/0/scopeSpans",
            "/resourceSpans/0/scopeSpans/0",
            "/resourceSpans/0/scopeSpans/0/scope",
            "/resourceSpans/0/scopeSpans/0/spans",
            "/resourceSpans/0/scopeSpans/0/spans/0",
            "/resourceSpans/0/scopeSpans/0/spans/0/attributes",
            "/resourceSpans/0/scopeSpans/0/spans/0/attributes/0",
            "/resourceSpans/0/scopeSpans/0/spans/0/attributes/0/value",
            "/resourceSpans/0/scopeSpans/0/spans/0/status",
            "/resourceSpans/0/scopeSpans/0/spans/0/events",
            "/resourceSpans/0/scopeSpans/0/spans/0/events/0",
            "/resourceSpans/0/scopeSpans/0/spans/0/name",
            "/resourceSpans/0/scopeSpans/0/spans/0/startTimeUnixNano");
    List<String> values =
        List.of("null", "1", "-0.0", "true", "\"\"", "\"x\"", "[]", "{}", "[null]", "[[]]", "[{}]");
    String sound =
        OtlpJson.span("k", "v").event("e", java.util.Map.of("k", "v")).request().toString();

    for (String place : places) {
      for (String value : values) {
        ObjectNode request = (ObjectNode) Json.parse(sound);
        int slash = place.lastIndexOf('/');
        JsonNode owner = request.at(place.substring(0, slash));
        String last = place.substring(slash + 1);
        if (owner instanceof ObjectNode object) {
          object.set(last, Json.parse(value));
        } else {
          ((com.fasterxml.jackson.databind.node.ArrayNode) owner)
              .set(Integer.parseInt(last), Json.parse(value));
        }
        String body = request.toString();
        try {
          assertThat(Mapped.json(body)).as("%s = %s", place, value).isNotNull();
        } catch (OtlpException e) {
          assertThat(e).as("%s = %s", place, value).hasMessageStartingWith("Invalid OTLP");
        }
      }
    }
  }

  private static void assertReadable(MappedSpan mapped, OtlpJson span) throws Exception {
    List<String> documents = new ArrayList<>();
    documents.add(mapped.observation().content().metadata());
    documents.add(mapped.observation().content().flatMetadata());
    documents.add(mapped.observation().modelCall().modelParameters());
    documents.add(mapped.trace().metadata());
    documents.addAll(mapped.observation().tools().definitions().values());
    mapped.observation().tools().calls().forEach(call -> documents.add(call.call()));
    for (String document : documents) {
      assertThat(DEFAULTS.readTree(document).isObject()).as("%s", span.request()).isTrue();
      assertThat(new String(document.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
          .isEqualTo(document);
    }
    mapped
        .observation()
        .modelCall()
        .usage()
        .values()
        .forEach(count -> assertThat(count).isNotNegative());
    mapped
        .observation()
        .modelCall()
        .cost()
        .values()
        .forEach(cost -> assertThat(cost.signum()).isNotNegative());
    assertThat(mapped.observation().timing().endTime())
        .isAfterOrEqualTo(mapped.observation().timing().startTime());
  }

  /** Every attribute key of the golden vectors. */
  private static List<String> keys() {
    TreeSet<String> keys = new TreeSet<>();
    VectorTest.vectors().stream()
        .map(arguments -> (JsonNode) arguments.get()[0])
        .flatMap(vector -> vector.get("request").findValuesAsText("key").stream())
        .forEach(keys::add);
    assertThat(keys).hasSizeGreaterThan(150);
    return List.copyOf(keys);
  }

  private static <T> T pick(List<T> items, Random random) {
    return items.get(random.nextInt(items.size()));
  }
}
