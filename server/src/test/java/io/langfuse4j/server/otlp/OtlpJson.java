package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds an OTLP/JSON request with one span, compactly: the span has a parent, ids and times, and
 * whatever a test adds to it.
 */
public final class OtlpJson {
  public static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
  public static final String SPAN_ID = "b9c7c989f97918e1";
  public static final String PARENT_ID = "b7ad6b7169203331";

  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, Object> resource = new LinkedHashMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();
  private final ArrayNode events = JSON.createArrayNode();
  private final ObjectNode span = JSON.createObjectNode();
  private final ObjectNode scope = JSON.createObjectNode();

  private OtlpJson() {
    span.put("traceId", TRACE_ID)
        .put("spanId", SPAN_ID)
        .put("parentSpanId", PARENT_ID)
        .put("name", "span")
        .put("startTimeUnixNano", "1700000000000000000")
        .put("endTimeUnixNano", "1700000001500000000");
    scope.put("name", "test");
  }

  public static OtlpJson span() {
    return new OtlpJson();
  }

  public static OtlpJson span(String key, Object value) {
    return new OtlpJson().with(key, value);
  }

  public OtlpJson root() {
    span.remove("parentSpanId");
    return this;
  }

  public OtlpJson name(String name) {
    span.put("name", name);
    return this;
  }

  public OtlpJson scope(String name) {
    scope.put("name", name);
    return this;
  }

  public OtlpJson scopeVersion(String version) {
    scope.put("version", version);
    return this;
  }

  public OtlpJson resource(String key, Object value) {
    resource.put(key, value);
    return this;
  }

  public OtlpJson with(String key, Object value) {
    attributes.put(key, value);
    return this;
  }

  public OtlpJson event(String name, Map<String, Object> values) {
    events.addObject().put("name", name).set("attributes", keyValues(values));
    return this;
  }

  /** Replaces or adds any field of the span itself. */
  public OtlpJson field(String name, Object value) {
    span.set(name, JSON.valueToTree(value));
    return this;
  }

  public JsonNode request() {
    ObjectNode full = span.deepCopy();
    if (!full.has("attributes")) {
      full.set("attributes", keyValues(attributes));
    }
    if (!events.isEmpty()) {
      full.set("events", events);
    }
    ObjectNode request = JSON.createObjectNode();
    ObjectNode resourceSpans = request.putArray("resourceSpans").addObject();
    resourceSpans.putObject("resource").set("attributes", keyValues(resource));
    ObjectNode scopeSpans = resourceSpans.putArray("scopeSpans").addObject();
    scopeSpans.set("scope", scope);
    scopeSpans.putArray("spans").add(full);
    return request;
  }

  private static ArrayNode keyValues(Map<String, Object> values) {
    ArrayNode list = JSON.createArrayNode();
    values.forEach((key, value) -> list.addObject().put("key", key).set("value", anyValue(value)));
    return list;
  }

  /** A node is taken as the AnyValue itself. */
  private static JsonNode anyValue(Object value) {
    ObjectNode any = JsonNodeFactory.instance.objectNode();
    if (value instanceof JsonNode node) {
      return node;
    } else if (value instanceof Boolean bool) {
      return any.put("boolValue", bool);
    } else if (value instanceof Integer || value instanceof Long) {
      return any.put("intValue", value.toString());
    } else if (value instanceof Double number) {
      return any.put("doubleValue", number);
    } else if (value instanceof List<?> list) {
      ArrayNode values = any.putObject("arrayValue").putArray("values");
      list.forEach(item -> values.add(anyValue(item)));
      return any;
    }
    return any.put("stringValue", (String) value);
  }
}
