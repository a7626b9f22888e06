package io.langfuse4j.server.otlp;

import static io.langfuse4j.server.otlp.OtlpJson.PARENT_ID;
import static io.langfuse4j.server.otlp.OtlpJson.SPAN_ID;
import static io.langfuse4j.server.otlp.OtlpJson.TRACE_ID;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OtlpDecoderTest {

  @Test
  void span_decodedFromEither_isTheSame() {
    JsonNode request =
        OtlpJson.span("s", "text")
            .with("i", 1)
            .with("d", 0.5)
            .with("b", true)
            .with("l", List.of("a", 1))
            .resource("service.name", "svc")
            .scopeVersion("1")
            .event("e", Map.of("k", "v"))
            .field("status", Map.of("code", 2, "message", "boom"))
            .request();

    OtlpExport export = json(request.toString());

    assertThat(protobuf(request)).isEqualTo(export);
    OtlpSpan span = export.spans().get(0);
    assertThat(span.traceId()).isEqualTo(TRACE_ID);
    assertThat(span.spanId()).isEqualTo(SPAN_ID);
    assertThat(span.parentId()).isEqualTo(PARENT_ID);
    assertThat(span.name()).isEqualTo("span");
    assertThat(span.startTime()).isEqualTo(Instant.parse("2023-11-14T22:13:20Z"));
    assertThat(span.endTime()).isEqualTo(Instant.parse("2023-11-14T22:13:21.5Z"));
    assertThat(span.statusCode()).isEqualTo(2);
    assertThat(span.statusMessage()).isEqualTo("boom");
    assertThat(span.scope().name()).isEqualTo("test");
    assertThat(span.scope().version()).isEqualTo("1");
    assertThat(span.resource().text("service.name")).isEqualTo("svc");
    assertThat(span.attributes().keys()).containsExactly("s", "i", "d", "b", "l");
    assertThat(span.attributes().get("i")).isEqualTo(LongNode.valueOf(1));
    assertThat(span.attributes().get("d")).isEqualTo(DoubleNode.valueOf(0.5));
    assertThat(span.attributes().get("b")).isEqualTo(BooleanNode.TRUE);
    assertThat(span.attributes().text("l")).isEqualTo("[\"a\",1]");
    assertThat(span.events()).hasSize(1);
    assertThat(span.events().get(0).name()).isEqualTo("e");
    assertThat(span.events().get(0).attributes().text("k")).isEqualTo("v");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"resourceSpans\":[]}", "{\"resourceSpans\":null}"})
  void noResourceSpans_isEmpty(String body) {
    assertThat(json(body)).isEqualTo(new OtlpExport(List.of(), true));
  }

  @Test
  void emptyProtobuf_isEmpty() {
    assertThat(protobuf(new byte[0])).isEqualTo(new OtlpExport(List.of(), true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "nope", "{} {}", "{\"resourceSpans\":[}", "{'a':1}"})
  void textThatIsNoJson_isRefused(String body) {
    assertThatThrownBy(() -> json(body))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Failed to parse OTel JSON Trace");
  }

  @Test
  void bytesThatAreNoProtobuf_areRefused() {
    assertThatThrownBy(() -> protobuf("{\"resourceSpans\":[]}".getBytes(UTF_8)))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Failed to parse OTel Protobuf Trace");
  }

  @Test
  void aCutProtobuf_isRefused() {
    byte[] body = OtlpProtobuf.from(OtlpJson.span("k", "v").request()).toByteArray();

    assertThatThrownBy(() -> protobuf(java.util.Arrays.copyOf(body, body.length - 3)))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Failed to parse OTel Protobuf Trace");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          traceId      | null                      | traceId:absent (1)
          traceId      | ""                        | traceId:absent (1)
          traceId      | []                        | traceId:absent (1)
          traceId      | 17                        | traceId:not_an_id (1)
          traceId      | true                      | traceId:not_an_id (1)
          traceId      | ["a"]                     | traceId:not_an_id (1)
          traceId      | [1,300]                   | traceId:not_an_id (1)
          traceId      | {"type":"Buffer"}         | traceId:not_an_id (1)
          traceId      | {"data":[1]}              | traceId:not_an_id (1)
          spanId       | null                      | spanId:absent (1)
          spanId       | 17                        | spanId:not_an_id (1)
          parentSpanId | 17                        | parentSpanId:not_an_id (1)
          attributes   | {"a":"b"}                 | span.attributes:not_an_array (1)
          events       | {}                        | span.events:not_an_array (1)
          events       | [{"attributes":{"a":1}}]  | event.attributes:not_an_array (1)
          """)
  void unusableSpan_isRefusedWithItsReason(String field, String value, String reason) {
    String body = OtlpJson.span().field(field, Json.parse(value)).request().toString();

    assertThatThrownBy(() -> json(body))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Invalid OTLP trace export: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"resourceSpans":{}}                                              | resourceSpans
          {"resourceSpans":[{"scopeSpans":{}}]}                             | scopeSpans
          {"resourceSpans":[{"scopeSpans":[{"spans":{}}]}]}                 | spans
          {"resourceSpans":[{"resource":{"attributes":{}}}]}                | resource.attributes
          {"resourceSpans":[{"scopeSpans":[{"scope":{"attributes":{}}}]}]}  | scope.attributes
          """)
  void whatShouldBeAList_isRefusedOtherwise(String body, String field) {
    assertThatThrownBy(() -> json(body))
        .isInstanceOf(OtlpException.class)
        .hasMessage("Invalid OTLP trace export: " + field + ":not_an_array (1)");
  }

  @Test
  void severalProblems_areAllNamedAndCounted() {
    String body =
        "{\"resourceSpans\":[{\"scopeSpans\":[{\"spans\":[{},{\"traceId\":\"t\",\"spanId\":5},"
            + "{\"traceId\":\"t\",\"spanId\":\"s\"}]}]}]}";

    assertThatThrownBy(() -> json(body))
        .hasMessage(
            "Invalid OTLP trace export: spanId:absent (1), spanId:not_an_id (1), traceId:absent"
                + " (1)");
  }

  @Test
  void aLogExport_isRefusedForItsMissingIds() {
    // Logs share the envelope's field numbers, so they decode into spans without ids.
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request.addResourceSpansBuilder().addScopeSpansBuilder().addSpans(Span.getDefaultInstance());

    assertThatThrownBy(() -> protobuf(request.build().toByteArray()))
        .hasMessage("Invalid OTLP trace export: spanId:absent (1), traceId:absent (1)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "1700000000000000000"              | 2023-11-14T22:13:20Z
          " 1700000000000000000 "            | 2023-11-14T22:13:20Z
          1700000000000000000                | 2023-11-14T22:13:20Z
          1.7e18                             | 2023-11-14T22:13:20Z
          {"low":-1,"high":0}                | 1970-01-01T00:00:04.294Z
          {"low":4294967295,"high":0}        | 1970-01-01T00:00:04.294Z
          0                                  |
          "0"                                |
          "-5"                               |
          "soon"                             |
          "99999999999999999999999999999999" |
          1e300                              |
          null                               |
          []                                 |
          {"low":"1","high":2}               |
          """)
  void startTime_inEverySpelling_isRead(String spelling, Instant expected) {
    String body =
        OtlpJson.span().field("startTimeUnixNano", Json.parse(spelling)).request().toString();

    assertThat(json(body).spans().get(0).startTime()).isEqualTo(expected);
  }

  @Test
  void unsignedNanos_ofProtobuf_areRead() {
    ExportTraceServiceRequest.Builder request =
        OtlpProtobuf.from(OtlpJson.span().request()).toBuilder();
    request
        .getResourceSpansBuilder(0)
        .getScopeSpansBuilder(0)
        .getSpansBuilder(0)
        .setStartTimeUnixNano(-1L);

    assertThat(protobuf(request.build().toByteArray()).spans().get(0).startTime())
        .isEqualTo(Instant.parse("2554-07-21T23:34:33.709Z"));
  }

  @Test
  void attributeValues_ofJson_areConverted() {
    Map<String, JsonNode> expected =
        Map.ofEntries(
            Map.entry("{\"stringValue\":\"s\",\"intValue\":1}", TextNode.valueOf("s")),
            Map.entry("{\"stringValue\":7}", TextNode.valueOf("7")),
            Map.entry("{\"stringValue\":null,\"intValue\":1}", LongNode.valueOf(1)),
            Map.entry("{\"doubleValue\":\"1.5\"}", DoubleNode.valueOf(1.5)),
            Map.entry("{\"doubleValue\":2.0}", LongNode.valueOf(2)),
            Map.entry("{\"doubleValue\":\"NaN\"}", TextNode.valueOf("NaN")),
            Map.entry("{\"doubleValue\":\"-Infinity\"}", TextNode.valueOf("-Infinity")),
            Map.entry("{\"doubleValue\":\"1e9999\"}", TextNode.valueOf("1e9999")),
            Map.entry("{\"boolValue\":false}", BooleanNode.FALSE),
            Map.entry("{\"intValue\":\"-12\"}", LongNode.valueOf(-12)),
            Map.entry("{\"intValue\":12}", LongNode.valueOf(12)),
            Map.entry("{\"intValue\":{\"low\":1,\"high\":1}}", LongNode.valueOf(4294967297L)),
            Map.entry("{\"intValue\":\"x\"}", TextNode.valueOf("{\"intValue\":\"x\"}")),
            Map.entry(
                "{\"intValue\":\"9223372036854775808\"}",
                BigIntegerNode.valueOf(new BigInteger("9223372036854775808"))),
            Map.entry("{}", TextNode.valueOf("{}")),
            Map.entry("{\"bytesValue\":\"AQI=\"}", TextNode.valueOf("{\"bytesValue\":\"AQI=\"}")),
            Map.entry(
                "{\"kvlistValue\":{\"values\":[]}}",
                TextNode.valueOf("{\"kvlistValue\":{\"values\":[]}}")));

    expected.forEach(
        (any, node) ->
            assertThat(
                    json(OtlpJson.span("k", Json.parse(any)).request().toString())
                        .spans()
                        .get(0)
                        .attributes()
                        .get("k"))
                .as(any)
                .isEqualTo(node));
  }

  @Test
  void aLongBeyondFiftyThreeBits_keepsItsDigits() {
    JsonNode request = OtlpJson.span("k", Long.MAX_VALUE).request();

    assertThat(json(request.toString()).spans().get(0).attributes().text("k"))
        .isEqualTo("9223372036854775807");
    assertThat(protobuf(request)).isEqualTo(json(request.toString()));
  }

  @Test
  void duplicateKeys_theLastValueCounts() {
    String body =
        OtlpJson.span()
            .field(
                "attributes",
                Json.parse(
                    "[{\"key\":\"k\",\"value\":{\"stringValue\":\"first\"}},"
                        + "{\"key\":\"k\",\"value\":{\"stringValue\":\"last\"}}]"))
            .request()
            .toString();

    assertThat(json(body).spans().get(0).attributes().text("k")).isEqualTo("last");
  }

  @Test
  void entriesThatAreNoAttributes_areSkipped() {
    String body =
        OtlpJson.span()
            .field(
                "attributes",
                Json.parse("[null,5,{},{\"key\":null},{\"key\":\"k\",\"value\":{\"intValue\":1}}]"))
            .request()
            .toString();

    assertThat(json(body).spans().get(0).attributes().keys()).containsExactly("k");
  }

  @Test
  void attributeWithoutValue_isListedButAbsent() {
    JsonNode request =
        OtlpJson.span().field("attributes", Json.parse("[{\"key\":\"k\"}]")).request();

    Attributes attributes = json(request.toString()).spans().get(0).attributes();

    assertThat(attributes.keys()).containsExactly("k");
    assertThat(attributes.has("k")).isFalse();
    assertThat(protobuf(request)).isEqualTo(json(request.toString()));
  }

  @Test
  void textThatIsNotUtf8_isReplacedNotRefused() {
    byte[] json = OtlpJson.span("k", "a?b").request().toString().getBytes(UTF_8);
    json[new String(json, UTF_8).indexOf("a?b") + 1] = (byte) 0xC3;
    byte[] protobuf = OtlpProtobuf.from(OtlpJson.span("k", "a?b").request()).toByteArray();
    protobuf[
            ByteString.copyFrom(protobuf)
                    .toString(java.nio.charset.StandardCharsets.ISO_8859_1)
                    .indexOf("a?b")
                + 1] =
        (byte) 0xC3;

    OtlpExport fromJson = OtlpDecoder.decodeJson(new ByteArrayInputStream(json));

    assertThat(fromJson.spans().get(0).attributes().text("k")).isEqualTo("a\uFFFDb");
    assertThat(protobuf(protobuf)).isEqualTo(fromJson);
  }

  @Test
  void byteOrderMark_isSkipped() {
    assertThat(json("\uFEFF" + OtlpJson.span().request()).spans()).hasSize(1);
  }

  @Test
  void aStreamThatFails_isNotTheSendersFault() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("connection reset");
          }
        };

    assertThatThrownBy(() -> OtlpDecoder.decodeJson(broken))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("connection reset");
  }

  @Test
  void oversizedResource_isKeptWholeOnlyOnce() {
    StringBuilder spans = new StringBuilder();
    for (int i = 0; i < 1000; i++) {
      spans.append(i == 0 ? "" : ",").append("{\"traceId\":\"t\",\"spanId\":\"").append(i);
      spans.append("\"}");
    }
    String big = "x".repeat(100_000);
    String body =
        "{\"resourceSpans\":[{\"resource\":{\"attributes\":[{\"key\":\"small\",\"value\":"
            + "{\"intValue\":1}},{\"key\":\"big\",\"value\":{\"stringValue\":\""
            + big
            + "\"}}]},\"scopeSpans\":[{\"spans\":["
            + spans
            + "]}]}]}";

    List<OtlpSpan> decoded = json(body).spans();

    assertThat(decoded.get(0).resource().text("big")).isEqualTo(big);
    assertThat(decoded.get(999).resource().text("big")).isEqualTo("x".repeat(256) + "…");
    assertThat(decoded.get(999).resource().text("small")).isEqualTo("1");
  }

  private static OtlpExport json(String body) {
    return OtlpDecoder.decodeJson(new ByteArrayInputStream(body.getBytes(UTF_8)));
  }

  private static OtlpExport protobuf(JsonNode request) {
    return protobuf(OtlpProtobuf.from(request).toByteArray());
  }

  private static OtlpExport protobuf(byte[] body) {
    return OtlpDecoder.decodeProtobuf(new ByteArrayInputStream(body));
  }
}
