package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Attribute values of OTLP/JSON. An object may hold several kinds; the first in order counts. */
final class JsonValues {
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,19}");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,400}\\.?[0-9]{0,400}|\\.[0-9]{1,400})([eE][+-]?[0-9]{1,4})?");

  private JsonValues() {}

  static Attributes attributes(JsonNode list) {
    Map<String, JsonNode> attributes = new LinkedHashMap<>();
    for (JsonNode entry : list) {
      JsonNode key = entry.get("key");
      if (key != null && key.isValueNode() && !key.isNull()) {
        attributes.put(Json.name(Json.text(key)), convert(entry.get("value")));
      }
    }
    return Attributes.of(attributes);
  }

  private static JsonNode convert(@Nullable JsonNode value) {
    if (value == null || value.isNull()) {
      return NullNode.getInstance();
    }
    JsonNode converted = scalar(value);
    if (converted == null && value.path("arrayValue").isObject()) {
      converted = array(value.get("arrayValue").path("values"));
    }
    if (converted == null && value.has("intValue")) {
      converted = integer(value.get("intValue"));
    }
    return converted != null ? converted : TextNode.valueOf(Json.text(value));
  }

  private static @Nullable JsonNode scalar(JsonNode value) {
    JsonNode string = value.get("stringValue");
    if (string != null && !string.isNull()) {
      return TextNode.valueOf(Json.text(string));
    }
    JsonNode number = value.get("doubleValue");
    if (number != null && !number.isNull()) {
      return decimal(number);
    }
    JsonNode bool = value.get("boolValue");
    return bool == null || bool.isNull() ? null : bool;
  }

  private static JsonNode decimal(JsonNode value) {
    if (value.isNumber()) {
      return number(value);
    }
    String text = Json.text(value);
    if (!DECIMAL.matcher(text.strip()).matches()) {
      return TextNode.valueOf(text);
    }
    double number = Double.parseDouble(text.strip());
    return Double.isInfinite(number) ? TextNode.valueOf(text) : Json.number(number);
  }

  private static ArrayNode array(JsonNode values) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode(values.size());
    values.forEach(value -> array.add(convert(value)));
    return array;
  }

  private static @Nullable JsonNode integer(JsonNode value) {
    if (value.isNumber()) {
      return number(value);
    }
    if (value.isTextual()) {
      String text = value.textValue().strip();
      return INTEGER.matcher(text).matches() ? integer(new BigInteger(text)) : fraction(text);
    }
    Long bits = LowHigh.toLong(value);
    return bits == null ? null : LongNode.valueOf(bits);
  }

  /** Not what OTLP calls an integer, but senders write {@code 7.0}. */
  private static @Nullable JsonNode fraction(String text) {
    double number = DECIMAL.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
    return Double.isFinite(number) ? Json.number(number) : null;
  }

  private static JsonNode number(JsonNode value) {
    return value.isIntegralNumber()
        ? integer(value.bigIntegerValue())
        : Json.number(value.doubleValue());
  }

  private static JsonNode integer(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? LongNode.valueOf(value.longValue())
        : BigIntegerNode.valueOf(value);
  }
}
