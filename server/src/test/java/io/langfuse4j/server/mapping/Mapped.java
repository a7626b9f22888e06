package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.otlp.OtlpDecoder;
import io.langfuse4j.server.otlp.OtlpJson;
import io.langfuse4j.server.otlp.OtlpProtobuf;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Sends a request through decoder and mapper, both ways unless told otherwise. */
final class Mapped {
  static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123456Z");

  private static final SpanMapper MAPPER = new SpanMapper(Clock.fixed(NOW, ZoneOffset.UTC));

  private Mapped() {}

  /** The one span of the request; JSON and protobuf must agree on it. */
  static MappedSpan one(OtlpJson span) {
    List<MappedSpan> spans = all(span.request());
    assertThat(spans).hasSize(1);
    return spans.get(0);
  }

  static List<MappedSpan> all(JsonNode request) {
    List<MappedSpan> fromJson = json(request);
    assertThat(protobuf(request)).isEqualTo(fromJson);
    return fromJson;
  }

  static List<MappedSpan> json(JsonNode request) {
    return json(request.toString());
  }

  static List<MappedSpan> json(String request) {
    byte[] body = request.getBytes(StandardCharsets.UTF_8);
    return MAPPER.map(OtlpDecoder.decodeJson(new ByteArrayInputStream(body)));
  }

  static List<MappedSpan> protobuf(JsonNode request) {
    return protobuf(OtlpProtobuf.from(request).toByteArray());
  }

  static List<MappedSpan> protobuf(byte[] body) {
    return MAPPER.map(OtlpDecoder.decodeProtobuf(new ByteArrayInputStream(body)));
  }
}
