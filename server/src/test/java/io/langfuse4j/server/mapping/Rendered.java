package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.TraceUpdate;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * A mapped span as JSON that can be compared whole: every field, except that what is absent, empty
 * or false is left out. Text that is JSON by definition is shown as JSON.
 */
final class Rendered {
  private static final JsonMapper JSON = new JsonMapper();

  private Rendered() {}

  static JsonNode of(MappedSpan span) {
    ObjectNode json = JSON.createObjectNode();
    json.set("observation", observation(span.observation()));
    if (span.trace() != null) {
      json.set("trace", trace(span.trace()));
    }
    return json;
  }

  private static ObjectNode observation(Observation o) {
    ObjectNode json = JSON.createObjectNode();
    put(json, "traceId", o.traceId());
    put(json, "id", o.id());
    put(json, "parentId", o.parentId());
    put(json, "type", o.type());
    put(json, "name", o.name());
    put(json, "startTime", o.timing().startTime());
    put(json, "endTime", o.timing().endTime());
    put(json, "completionStartTime", o.timing().completionStartTime());
    put(json, "level", o.level());
    put(json, "statusMessage", o.statusMessage());
    put(json, "environment", o.environment());
    put(json, "version", o.version());
    put(json, "release", o.release());
    put(json, "input", o.content().input());
    put(json, "output", o.content().output());
    put(json, "metadata", parse(o.content().metadata()));
    put(json, "flatMetadata", parse(o.content().flatMetadata()));
    put(json, "model", o.modelCall().model());
    put(json, "modelParameters", parse(o.modelCall().modelParameters()));
    put(json, "usage", o.modelCall().usage());
    ObjectNode cost = json.putObject("cost");
    o.modelCall().cost().forEach((key, value) -> cost.put(key, value.toPlainString()));
    if (cost.isEmpty()) {
      json.remove("cost");
    }
    put(json, "promptName", o.modelCall().promptName());
    put(json, "promptVersion", o.modelCall().promptVersion());
    put(json, "traceName", o.traceAttributes().name());
    put(json, "userId", o.traceAttributes().userId());
    put(json, "sessionId", o.traceAttributes().sessionId());
    put(json, "tags", o.traceAttributes().tags());
    putIfSet(json, "public", o.traceAttributes().isPublic());
    tools(json, o.tools());
    experiment(json, o.experiment());
    source(json, o.source());
    put(json, "root", o.root());
    put(json, "appRoot", o.appRoot());
    return json;
  }

  private static void tools(ObjectNode json, Observation.Tools tools) {
    ObjectNode definitions = JSON.createObjectNode();
    tools.definitions().forEach((name, text) -> definitions.set(name, parse(text)));
    put(json, "toolDefinitions", definitions);
    ArrayNode calls = JSON.createArrayNode();
    tools
        .calls()
        .forEach(
            call -> calls.addObject().put("name", call.name()).set("call", parse(call.call())));
    put(json, "toolCalls", calls);
  }

  private static void experiment(ObjectNode json, Observation.Experiment e) {
    if (e == null) {
      return;
    }
    ObjectNode group = json.putObject("experiment");
    put(group, "id", e.id());
    put(group, "name", e.name());
    put(group, "description", e.description());
    put(group, "metadata", e.metadata());
    put(group, "datasetId", e.datasetId());
    put(group, "itemId", e.itemId());
    put(group, "itemVersion", e.itemVersion());
    put(group, "itemExpectedOutput", e.itemExpectedOutput());
    put(group, "itemMetadata", e.itemMetadata());
    put(group, "itemRootObservationId", e.itemRootObservationId());
  }

  private static void source(ObjectNode json, Observation.Source s) {
    ObjectNode group = json.putObject("source");
    put(group, "serviceName", s.serviceName());
    put(group, "serviceVersion", s.serviceVersion());
    put(group, "scopeName", s.scopeName());
    put(group, "scopeVersion", s.scopeVersion());
    put(group, "sdkLanguage", s.sdkLanguage());
    put(group, "sdkName", s.sdkName());
    put(group, "sdkVersion", s.sdkVersion());
  }

  private static ObjectNode trace(TraceUpdate t) {
    ObjectNode json = JSON.createObjectNode();
    put(json, "kind", t.kind());
    put(json, "traceId", t.traceId());
    put(json, "timestamp", t.timestamp());
    put(json, "environment", t.environment());
    put(json, "name", t.name());
    put(json, "userId", t.userId());
    put(json, "sessionId", t.sessionId());
    put(json, "version", t.version());
    put(json, "release", t.release());
    putIfSet(json, "public", t.isPublic());
    put(json, "tags", t.tags());
    put(json, "input", t.input());
    put(json, "output", t.output());
    put(json, "metadata", parse(t.metadata()));
    return json;
  }

  private static void putIfSet(ObjectNode json, String key, Boolean value) {
    if (value != null) {
      json.put(key, value);
    }
  }

  private static void put(ObjectNode json, String key, Object value) {
    boolean empty =
        value == null
            || value.equals(false)
            || (value instanceof Map<?, ?> map && map.isEmpty())
            || (value instanceof List<?> list && list.isEmpty())
            || (value instanceof JsonNode node && node.isContainerNode() && node.isEmpty());
    if (empty) {
      return;
    }
    if (value instanceof Map || value instanceof List || value instanceof JsonNode) {
      json.set(key, reparsed(JSON.valueToTree(value)));
    } else if (value instanceof Integer number) {
      json.put(key, number);
    } else if (value instanceof Boolean bool) {
      json.put(key, bool);
    } else {
      json.put(key, value.toString());
    }
  }

  /** Through text, so that numbers of one value have one node type. */
  private static JsonNode reparsed(JsonNode node) {
    return parse(node.toString());
  }

  static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
