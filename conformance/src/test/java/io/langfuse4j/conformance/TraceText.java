package io.langfuse4j.conformance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/**
 * A trace as the public API returns it, written as text: every field that has a value, and the tree
 * of observations. Ids and times differ from run to run and are left out; siblings are in
 * alphabetical order because times have milliseconds only.
 */
final class TraceText {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final StringBuilder text = new StringBuilder();
  private final List<JsonNode> observations = new ArrayList<>();
  private final Set<String> ids = new TreeSet<>();

  private TraceText() {}

  static String of(JsonNode trace) {
    return new TraceText().write(trace);
  }

  private String write(JsonNode trace) {
    trace.path("observations").forEach(observations::add);
    observations.forEach(observation -> ids.add(observation.path("id").textValue()));
    line("", "trace " + trace.path("name").asText("without a name"));
    field("  ", "user", trace.path("userId"));
    field("  ", "session", trace.path("sessionId"));
    field("  ", "tags", trace.path("tags"));
    field("  ", "version", trace.path("version"));
    environment("  ", trace);
    field("  ", "public", trace.path("public").asBoolean() ? trace.path("public") : nothing());
    field("  ", "input", trace.path("input"));
    field("  ", "output", trace.path("output"));
    field("  ", "metadata", ownMetadata(trace.path("metadata")));
    children("", null);
    return text.toString();
  }

  private void children(String indent, String parentId) {
    observations.stream()
        .filter(observation -> isChild(observation, parentId))
        .sorted(Comparator.comparing(observation -> observation.path("name").asText()))
        .forEach(observation -> observation(indent, observation));
  }

  private boolean isChild(JsonNode observation, String parentId) {
    String parent = observation.path("parentObservationId").textValue();
    return parentId == null ? parent == null || !ids.contains(parent) : parentId.equals(parent);
  }

  private void observation(String indent, JsonNode observation) {
    String type = observation.path("type").asText().toLowerCase(Locale.ROOT);
    String parent = observation.path("parentObservationId").textValue();
    String elsewhere = parent == null || ids.contains(parent) ? "" : " below " + parent;
    line(indent, "- " + type + " " + observation.path("name").asText() + elsewhere);
    String fields = indent + "    ";
    field(fields, "model", observation.path("model"));
    field(fields, "parameters", observation.path("modelParameters"));
    field(fields, "usage", observation.path("usageDetails"));
    field(fields, "level", unlessDefault(observation.path("level"), "DEFAULT"));
    field(fields, "message", observation.path("statusMessage"));
    field(fields, "version", observation.path("version"));
    environment(fields, observation);
    field(fields, "prompt", observation.path("promptName"));
    field(fields, "input", observation.path("input"));
    field(fields, "output", observation.path("output"));
    field(fields, "metadata", ownMetadata(observation.path("metadata")));
    children(indent + "  ", observation.path("id").textValue());
  }

  private void environment(String indent, JsonNode node) {
    field(indent, "environment", unlessDefault(node.path("environment"), "default"));
  }

  /** What the sending SDK says about itself is the same everywhere. */
  private static JsonNode ownMetadata(JsonNode metadata) {
    return metadata instanceof ObjectNode object
        ? object.deepCopy().without(List.of("resourceAttributes", "scope"))
        : metadata;
  }

  private static JsonNode unlessDefault(JsonNode value, String usual) {
    return usual.equals(value.textValue()) ? nothing() : value;
  }

  private static JsonNode nothing() {
    return MAPPER.nullNode();
  }

  private void field(String indent, String name, JsonNode value) {
    boolean empty =
        value.isMissingNode() || value.isNull() || value.isContainerNode() && value.isEmpty();
    if (!empty) {
      line(indent, name + " " + text(value));
    }
  }

  private static String text(JsonNode value) {
    try {
      return value.isTextual()
          ? value.textValue()
          : MAPPER.writeValueAsString(MAPPER.treeToValue(value, Object.class));
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }

  private void line(String indent, String line) {
    text.append(indent).append(line).append('\n');
  }

  static List<JsonNode> list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).toList();
  }
}
