package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Attribute values of OTLP/protobuf; the same value sent as JSON converts to the same node. */
final class ProtobufValues {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private ProtobufValues() {}

  static Attributes attributes(List<KeyValue> list) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    for (KeyValue entry : list) {
      attributes.put(
          Json.name(entry.getKey()),
          entry.hasValue() ? convert(entry.getValue()) : NullNode.getInstance());
    }
    return Attributes.of(attributes);
  }

  private static JsonNode convert(AnyValue value) {
    return switch (value.getValueCase()) {
      case STRING_VALUE -> TextNode.valueOf(value.getStringValue());
      case DOUBLE_VALUE -> decimal(value.getDoubleValue());
      case BOOL_VALUE -> BooleanNode.valueOf(value.getBoolValue());
      case ARRAY_VALUE -> {
        ArrayNode array = NODES.arrayNode(value.getArrayValue().getValuesCount());
        value.getArrayValue().getValuesList().forEach(item -> array.add(convert(item)));
        yield array;
      }
      case INT_VALUE -> LongNode.valueOf(value.getIntValue());
      default -> TextNode.valueOf(otlpJson(value).toString());
    };
  }

  private static JsonNode decimal(double value) {
    if (Double.isNaN(value)) {
      return TextNode.valueOf("NaN");
    }
    return Double.isInfinite(value)
        ? TextNode.valueOf(value > 0 ? "Infinity" : "-Infinity")
        : Json.number(value);
  }

  /** The value as OTLP/JSON spells it, for the kinds that have no plain counterpart. */
  private static ObjectNode otlpJson(AnyValue value) {
    ObjectNode json = NODES.objectNode();
    switch (value.getValueCase()) {
      case STRING_VALUE -> json.put("stringValue", value.getStringValue());
      case DOUBLE_VALUE -> json.set("doubleValue", decimal(value.getDoubleValue()));
      case BOOL_VALUE -> json.put("boolValue", value.getBoolValue());
      case INT_VALUE -> json.put("intValue", Long.toString(value.getIntValue()));
      case BYTES_VALUE ->
          json.put(
              "bytesValue",
              Base64.getEncoder().encodeToString(value.getBytesValue().toByteArray()));
      case ARRAY_VALUE -> {
        ArrayNode values = json.putObject("arrayValue").putArray("values");
        value.getArrayValue().getValuesList().forEach(item -> values.add(otlpJson(item)));
      }
      case KVLIST_VALUE -> {
        ArrayNode values = json.putObject("kvlistValue").putArray("values");
        value.getKvlistValue().getValuesList().forEach(item -> values.add(otlpJson(item)));
      }
      default -> {
        // An empty value is an empty object.
      }
    }
    return json;
  }

  private static ObjectNode otlpJson(KeyValue entry) {
    ObjectNode json = NODES.objectNode().put("key", entry.getKey());
    if (entry.hasValue()) {
      json.set("value", otlpJson(entry.getValue()));
    }
    return json;
  }
}
