package io.langfuse4j.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A trace as the API shows it, as one OTLP/JSON request with Langfuse's attributes. */
final class OtlpTraces {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");
  private static final int TRACE_ID = 32;
  private static final int SPAN_ID = 16;

  private OtlpTraces() {}

  /** Whether OTLP can say all of a trace: it has observations, and ids of OpenTelemetry's. */
  static boolean fits(JsonNode trace) {
    boolean fits =
        !trace.path("observations").isEmpty() && isHex(trace.path("id").asText(), TRACE_ID);
    for (JsonNode observation : trace.path("observations")) {
      fits &= isHex(observation.path("id").asText(), SPAN_ID);
    }
    return fits;
  }

  private static boolean isHex(String id, int length) {
    return id.length() == length && HEX.matcher(id).matches();
  }

  static ObjectNode of(JsonNode trace) {
    ObjectNode request = RemoteServer.MAPPER.createObjectNode();
    ObjectNode scopeSpans =
        request.putArray("resourceSpans").addObject().putArray("scopeSpans").addObject();
    scopeSpans.putObject("scope").put("name", "langfuse-sdk");
    ArrayNode spans = scopeSpans.putArray("spans");
    for (JsonNode observation : trace.path("observations")) {
      span(spans.addObject(), trace, observation);
    }
    return request;
  }

  private static void span(ObjectNode span, JsonNode trace, JsonNode observation) {
    span.put("traceId", hex(trace.path("id").asText(), TRACE_ID));
    span.put("spanId", hex(observation.path("id").asText(), SPAN_ID));
    boolean root = !observation.path("parentObservationId").isTextual();
    if (!root) {
      span.put("parentSpanId", hex(observation.path("parentObservationId").asText(), SPAN_ID));
    }
    span.put("name", observation.path("name").asText());
    span.put("kind", 1);
    span.put("startTimeUnixNano", nanos(observation.path("startTime").asText()));
    if (observation.path("endTime").isTextual()) {
      span.put("endTimeUnixNano", nanos(observation.path("endTime").asText()));
    }
    if ("ERROR".equals(observation.path("level").asText())) {
      span.putObject("status").put("code", 2);
    }
    ArrayNode attributes = span.putArray("attributes");
    ofObservation(attributes, observation);
    ofTrace(attributes, trace, root);
  }

  private static void ofObservation(ArrayNode to, JsonNode observation) {
    String prefix = "langfuse.observation.";
    put(to, prefix + "type", observation.path("type").asText().toLowerCase(Locale.ROOT));
    put(to, prefix + "level", observation.get("level"));
    put(to, prefix + "status_message", observation.get("statusMessage"));
    put(to, prefix + "input", observation.get("input"));
    put(to, prefix + "output", observation.get("output"));
    put(to, prefix + "completion_start_time", observation.get("completionStartTime"));
    put(to, prefix + "model.name", observation.get("model"));
    put(to, prefix + "model.parameters", observation.get("modelParameters"));
    put(to, prefix + "usage_details", observation.get("usageDetails"));
    put(to, prefix + "cost_details", observation.get("costDetails"));
    put(to, prefix + "prompt.name", observation.get("promptName"));
    JsonNode version = observation.get("promptVersion");
    if (version != null && version.isInt()) {
      to.addObject()
          .put("key", prefix + "prompt.version")
          .putObject("value")
          .put("intValue", version.asText());
    }
    Iterator<Map.Entry<String, JsonNode>> metadata = observation.path("metadata").fields();
    while (metadata.hasNext()) {
      Map.Entry<String, JsonNode> entry = metadata.next();
      put(to, prefix + "metadata." + entry.getKey(), entry.getValue());
    }
    put(to, "langfuse.environment", observation.get("environment"));
    put(to, "langfuse.version", observation.get("version"));
  }

  private static void ofTrace(ArrayNode to, JsonNode trace, boolean root) {
    put(to, "langfuse.trace.name", trace.get("name"));
    put(to, "user.id", trace.get("userId"));
    put(to, "session.id", trace.get("sessionId"));
    put(to, "langfuse.release", trace.get("release"));
    if (!trace.path("tags").isEmpty()) {
      ArrayNode values =
          to.addObject()
              .put("key", "langfuse.trace.tags")
              .putObject("value")
              .putObject("arrayValue")
              .putArray("values");
      trace.path("tags").forEach(tag -> values.addObject().put("stringValue", tag.asText()));
    }
    if (root) {
      put(to, "langfuse.trace.input", trace.get("input"));
      put(to, "langfuse.trace.output", trace.get("output"));
    }
  }

  private static void put(ArrayNode to, String key, @Nullable JsonNode value) {
    if (value != null && !value.isNull() && !(value.isContainerNode() && value.isEmpty())) {
      put(to, key, value.isTextual() ? value.asText() : value.toString());
    }
  }

  private static void put(ArrayNode to, String key, String value) {
    to.addObject().put("key", key).putObject("value").put("stringValue", value);
  }

  private static String nanos(String time) {
    Instant instant = Instant.parse(time);
    return Long.toString(instant.getEpochSecond() * 1_000_000_000L + instant.getNano());
  }

  /** OpenTelemetry's ids have a fixed length; others are hashed to it, the same way each time. */
  private static String hex(String id, int length) {
    if (isHex(id, length)) {
      return id;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, length);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
