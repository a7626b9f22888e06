package io.langfuse4j.server.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpDecoder;
import io.langfuse4j.server.otlp.OtlpException;
import io.langfuse4j.server.otlp.OtlpExport;
import io.langfuse4j.server.otlp.OtlpJson;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a sender can do to us: it may be refused or cut, it may not hang, crash or poison. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class HostileInputTest {
  private static final String DEEP = "[".repeat(10_000) + "]".repeat(10_000);
  private static final String DEEP_OBJECT = "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "langfuse.observation.input",
        "langfuse.observation.metadata",
        "langfuse.observation.metadata.k",
        "langfuse.observation.metadata.tools",
        "langfuse.observation.model.parameters",
        "langfuse.observation.usage_details",
        "langfuse.observation.cost_details",
        "langfuse.experiment.metadata",
        "langfuse.trace.tags",
        "events",
        "gen_ai.input.messages",
        "gen_ai.tool.definitions",
        "ai.telemetry.metadata.langfusePrompt"
      })
  void tenThousandLevelsOfJsonInAnAttribute_stayReadable(String key) {
    for (String deep : List.of(DEEP, DEEP_OBJECT)) {
      Observation observation = Mapped.one(OtlpJson.span(key, deep).root()).observation();

      assertReadable(observation);
    }
  }

  @Test
  void aBodyOfTenThousandLevels_isRefused() {
    String body = "{\"resourceSpans\":" + DEEP + "}";

    assertThatThrownBy(() -> Mapped.json(body))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Failed to parse OTel JSON Trace");
  }

  @Test
  void protobufOfTenThousandLevels_isRefused() {
    // Built from the inside out by hand: the library's own writer would overflow the stack.
    byte[] value = AnyValue.newBuilder().setIntValue(1).build().toByteArray();
    java.io.ByteArrayOutputStream reversed = new java.io.ByteArrayOutputStream();
    int size = value.length;
    for (int i = value.length - 1; i >= 0; i--) {
      reversed.write(value[i]);
    }
    int[] tags = {
      ArrayValue.VALUES_FIELD_NUMBER << 3 | 2, AnyValue.ARRAY_VALUE_FIELD_NUMBER << 3 | 2
    };
    for (int level = 0; level < 10_000; level++) {
      size = prepend(reversed, tags[level % 2], size);
    }
    // value of a key, attribute of a resource, resource of an entry, entry of a request
    for (int tag : new int[] {2 << 3 | 2, 1 << 3 | 2, 1 << 3 | 2, 1 << 3 | 2}) {
      size = prepend(reversed, tag, size);
    }
    byte[] backwards = reversed.toByteArray();
    byte[] body = new byte[size];
    for (int i = 0; i < size; i++) {
      body[i] = backwards[size - 1 - i];
    }

    assertThatThrownBy(() -> Mapped.protobuf(body))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Failed to parse OTel Protobuf Trace");
  }

  @Test
  void valuesNestedAsRealOnesAre_areAccepted() {
    AnyValue value = AnyValue.newBuilder().setStringValue("x").build();
    for (int i = 0; i < 90; i++) {
      value = AnyValue.newBuilder().setArrayValue(ArrayValue.newBuilder().addValues(value)).build();
    }
    ExportTraceServiceRequest.Builder request =
        io.langfuse4j.server.otlp.OtlpProtobuf.from(OtlpJson.span().request()).toBuilder();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .addAttributes(KeyValue.newBuilder().setKey("input").setValue(value));

    assertThat(
            Mapped.protobuf(request.build().toByteArray()).get(0).observation().content().input())
        .isEqualTo("[".repeat(90) + "\"x\"" + "]".repeat(90));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gen_ai.prompt.", "llm.input_messages."})
  void aKeyOfTenThousandSegments_isBounded(String prefix) {
    Observation observation =
        Mapped.one(OtlpJson.span(prefix + "a.".repeat(10_000) + "b", "v")).observation();

    assertThat(observation.content().input()).contains("\"v\"");
    assertReadable(observation);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "__proto__",
        "constructor",
        "langfuse.observation.metadata.__proto__",
        "langfuse.trace.metadata.constructor.prototype",
        "gen_ai.prompt.__proto__.polluted",
        "gen_ai.request.__proto__"
      })
  void prototypeKeys_areJustKeys(String key) {
    assertReadable(Mapped.one(OtlpJson.span(key, "x").root()).observation());
  }

  @Test
  void keysOfAMillionCharacters_canBeReadBack() {
    String key = "k".repeat(1_000_000);
    String nested = "{\"" + "n".repeat(19_000) + "\":";

    assertReadable(Mapped.one(OtlpJson.span(key, "x").root()).observation());
    assertReadable(
        Mapped.one(OtlpJson.span("langfuse.observation.metadata", "{\"" + key + "\":1}"))
            .observation());
    assertReadable(
        Mapped.one(
                OtlpJson.span(
                    "langfuse.observation.metadata", nested.repeat(15) + "1" + "}".repeat(15)))
            .observation());
  }

  @Test
  void halfASurrogatePair_becomesTheReplacementCharacter() {
    String body =
        OtlpJson.span("langfuse.observation.input", "HALF")
            .name("HALF")
            .with("langfuse.observation.metadata", "{\"k\":\"\\ud800\"}")
            .request()
            .toString()
            .replace("HALF", "a\\ud800b");

    Observation observation = Mapped.json(body).get(0).observation();

    assertThat(observation.name()).isEqualTo("a\uFFFDb");
    assertThat(observation.content().input()).isEqualTo("a\uFFFDb");
    assertThat(Json.parse(observation.content().metadata()).get("k").textValue())
        .isEqualTo("\uFFFD");
    assertReadable(observation);
  }

  @Test
  void wholeSurrogatePairsAndNul_stayAsTheyAre() {
    Observation observation =
        Mapped.one(OtlpJson.span("langfuse.observation.input", "\u0000 🦊")).observation();

    assertThat(observation.content().input()).isEqualTo("\u0000 🦊");
  }

  @Test
  void numbersTooLongToBeOne_doNotBecomeOne() {
    Observation observation =
        Mapped.one(
                OtlpJson.span("gen_ai.usage.input_tokens", "1e999999999")
                    .with("gen_ai.usage.output_tokens", "9".repeat(100_000))
                    .with("gen_ai.usage.cost", "1e999999999")
                    .with("langfuse.observation.usage_details", "x")
                    .with("ai.response.msToFirstChunk", "1e99")
                    .with("langfuse.observation.prompt.version", "9".repeat(1000)))
            .observation();

    assertThat(observation.modelCall().usage()).isEmpty();
    assertThat(observation.modelCall().cost()).isEmpty();
    assertThat(observation.timing().completionStartTime()).isNull();
  }

  @Test
  void usageBeyondALong_isCappedNotNegative() {
    Observation observation =
        Mapped.one(
                OtlpJson.span(
                    "langfuse.observation.usage_details",
                    "{\"a\":9223372036854775807,\"b\":9223372036854775807,"
                        + "\"c\":9223372036854775808}"))
            .observation();

    assertThat(observation.modelCall().usage())
        .isEqualTo(
            java.util.Map.of("a", Long.MAX_VALUE, "b", Long.MAX_VALUE, "total", Long.MAX_VALUE));
  }

  @Test
  void aLongEnvironment_takesNoLongerThanItsLength() {
    assertThat(
            Mapped.one(OtlpJson.span("langfuse.environment", "langfuse-".repeat(500_000) + "!"))
                .observation()
                .environment())
        .isEqualTo("default");
  }

  @Test
  void manyAttributes_takeLinearTime() {
    OtlpJson span = OtlpJson.span();
    for (int i = 0; i < 50_000; i++) {
      span.with("gen_ai.prompt." + i + ".content", "c").with("llm.tools." + i + ".x", "y");
      span.with("langfuse.trace.metadata." + i, "v").with("gen_ai.usage." + i, 1);
    }

    Observation observation = Mapped.json(span.request()).get(0).observation();

    assertThat(Json.parse(observation.content().input())).hasSize(10_001);
    assertReadable(observation);
  }

  @Test
  void aHundredThousandSpans_areMapped() {
    String body = manySpans(100_000);

    OtlpExport export = OtlpDecoder.decodeJson(new ByteArrayInputStream(body.getBytes(UTF_8)));
    SpanMapper mapper = new SpanMapper();

    assertThat(export.spans()).hasSize(100_000);
    assertThat(export.spans().stream().map(mapper::map).map(MappedSpan::observation))
        .allMatch(observation -> observation.modelCall().usage().get("total") == 3);
  }

  private static String manySpans(int count) {
    ObjectNode request = (ObjectNode) OtlpJson.span().request();
    com.fasterxml.jackson.databind.node.ArrayNode spans =
        request.withArray("/resourceSpans/0/scopeSpans/0/spans");
    JsonNode attributes =
        OtlpJson.span("gen_ai.request.model", "m")
            .with("langfuse.observation.input", "hello")
            .with("gen_ai.usage.input_tokens", 1)
            .with("gen_ai.usage.output_tokens", 2)
            .request()
            .at("/resourceSpans/0/scopeSpans/0/spans/0/attributes");
    spans.removeAll();
    for (int i = 0; i < count; i++) {
      spans
          .addObject()
          .put("traceId", OtlpJson.TRACE_ID)
          .put("spanId", String.format("%016x", i + 1))
          .put("name", "span")
          .put("startTimeUnixNano", "1700000000000000000")
          .set("attributes", attributes);
    }
    return request.toString();
  }

  /** Everything that is JSON by definition can be read with default limits, and sent as UTF-8. */
  private static void assertReadable(Observation observation) {
    JsonMapper defaults = new JsonMapper();
    for (String json :
        List.of(
            observation.content().metadata(),
            observation.content().flatMetadata(),
            observation.modelCall().modelParameters())) {
      try {
        assertThat(defaults.readTree(json).isObject()).isTrue();
      } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
        throw new AssertionError(e);
      }
      assertThat(new String(json.getBytes(UTF_8), UTF_8)).isEqualTo(json);
    }
    observation.tools().definitions().values().forEach(text -> assertThat(text).isNotEmpty());
  }

  private static int prepend(java.io.ByteArrayOutputStream reversed, int tag, int size) {
    byte[] length = varint(size);
    for (int i = length.length - 1; i >= 0; i--) {
      reversed.write(length[i]);
    }
    reversed.write(tag);
    return size + length.length + 1;
  }

  private static byte[] varint(int value) {
    java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
    int rest = value;
    while (rest >= 0x80) {
      bytes.write(rest & 0x7F | 0x80);
      rest >>>= 7;
    }
    bytes.write(rest);
    return bytes.toByteArray();
  }
}
