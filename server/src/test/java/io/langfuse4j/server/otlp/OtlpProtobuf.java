package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** The same request as protobuf, for requests that are legal OTLP/JSON with hex ids. */
public final class OtlpProtobuf {
  private OtlpProtobuf() {}

  public static ExportTraceServiceRequest from(JsonNode request) {
    ExportTraceServiceRequest.Builder message = ExportTraceServiceRequest.newBuilder();
    request.path("resourceSpans").forEach(entry -> message.addResourceSpans(resourceSpans(entry)));
    return message.build();
  }

  private static ResourceSpans resourceSpans(JsonNode json) {
    ResourceSpans.Builder message =
        ResourceSpans.newBuilder()
            .setResource(
                Resource.newBuilder()
                    .addAllAttributes(keyValues(json.path("resource").path("attributes"))));
    json.path("scopeSpans").forEach(entry -> message.addScopeSpans(scopeSpans(entry)));
    return message.build();
  }

  private static ScopeSpans scopeSpans(JsonNode json) {
    ScopeSpans.Builder message = ScopeSpans.newBuilder();
    message
        .getScopeBuilder()
        .setName(json.path("scope").path("name").asText(""))
        .setVersion(json.path("scope").path("version").asText(""))
        .addAllAttributes(keyValues(json.path("scope").path("attributes")));
    json.path("spans").forEach(span -> message.addSpans(span(span)));
    return message.build();
  }

  private static Span span(JsonNode json) {
    Span.Builder message =
        Span.newBuilder()
            .setTraceId(id(json.path("traceId")))
            .setSpanId(id(json.path("spanId")))
            .setParentSpanId(id(json.path("parentSpanId")))
            .setName(json.path("name").asText(""))
            .setStartTimeUnixNano(nanos(json.path("startTimeUnixNano")))
            .setEndTimeUnixNano(nanos(json.path("endTimeUnixNano")))
            .addAllAttributes(keyValues(json.path("attributes")));
    message
        .getStatusBuilder()
        .setCodeValue(json.path("status").path("code").asInt(0))
        .setMessage(json.path("status").path("message").asText(""));
    for (JsonNode event : json.path("events")) {
      message
          .addEventsBuilder()
          .setName(event.path("name").asText(""))
          .addAllAttributes(keyValues(event.path("attributes")));
    }
    return message.build();
  }

  private static ByteString id(JsonNode hex) {
    return ByteString.copyFrom(HexFormat.of().parseHex(hex.asText("")));
  }

  private static long nanos(JsonNode decimal) {
    return Long.parseUnsignedLong(decimal.asText("0"));
  }

  private static List<KeyValue> keyValues(JsonNode list) {
    List<KeyValue> result = new ArrayList<>();
    for (JsonNode entry : list) {
      KeyValue.Builder message = KeyValue.newBuilder().setKey(entry.path("key").asText());
      if (entry.has("value")) {
        message.setValue(anyValue(entry.get("value")));
      }
      result.add(message.build());
    }
    return result;
  }

  private static AnyValue anyValue(JsonNode json) {
    AnyValue.Builder message = AnyValue.newBuilder();
    if (json.has("stringValue")) {
      message.setStringValue(json.get("stringValue").textValue());
    } else if (json.has("doubleValue")) {
      message.setDoubleValue(Double.parseDouble(json.get("doubleValue").asText()));
    } else if (json.has("boolValue")) {
      message.setBoolValue(json.get("boolValue").booleanValue());
    } else if (json.has("intValue")) {
      message.setIntValue(Long.parseLong(json.get("intValue").asText()));
    } else if (json.has("bytesValue")) {
      byte[] bytes = Base64.getDecoder().decode(json.get("bytesValue").textValue());
      message.setBytesValue(ByteString.copyFrom(bytes));
    } else if (json.has("arrayValue")) {
      message.getArrayValueBuilder();
      json.get("arrayValue")
          .path("values")
          .forEach(item -> message.getArrayValueBuilder().addValues(anyValue(item)));
    } else if (json.has("kvlistValue")) {
      message
          .getKvlistValueBuilder()
          .addAllValues(keyValues(json.get("kvlistValue").path("values")));
    }
    return message.build();
  }
}
