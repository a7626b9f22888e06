package io.langfuse4j.server.otlp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One OTLP/JSON request. All problems are collected before it is refused. */
final class JsonRequest {
  private static final JsonNode NOTHING = MissingNode.getInstance();

  private final Problems problems = new Problems();
  private final List<OtlpSpan> spans = new ArrayList<>();

  private JsonRequest() {}

  static OtlpExport decode(byte[] body) {
    JsonNode root = parse(body);
    if (!root.isObject()) {
      throw OtlpException.badJson(null);
    }
    JsonRequest request = new JsonRequest();
    JsonNode resourceSpans = request.array(root, "resourceSpans", "resourceSpans");
    for (JsonNode entry : resourceSpans) {
      request.readResource(entry);
    }
    request.problems.throwIfAny();
    return resourceSpans.isEmpty() ? OtlpExport.NOTHING : new OtlpExport(request.spans, false);
  }

  /** Bytes that are not UTF-8 become U+FFFD: one bad character must not cost a whole batch. */
  private static JsonNode parse(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      return Json.readRequest(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (JsonProcessingException e) {
      throw OtlpException.badJson(e);
    }
  }

  private void readResource(JsonNode entry) {
    Attributes resource = attributes(entry.path("resource"), "resource.attributes");
    List<JsonNode> scopes = new ArrayList<>();
    int spanCount = 0;
    for (JsonNode scopeSpans : array(entry, "scopeSpans", "scopeSpans")) {
      scopes.add(scopeSpans);
      spanCount += scopeSpans.path("spans").size();
    }
    SharedAttributes shared = new SharedAttributes(resource, spanCount);
    scopes.forEach(scopeSpans -> readScope(shared, scopeSpans));
  }

  private void readScope(SharedAttributes resource, JsonNode entry) {
    JsonNode scope = entry.path("scope");
    JsonNode scopeSpans = array(entry, "spans", "spans");
    SharedAttributes shared =
        new SharedAttributes(attributes(scope, "scope.attributes"), scopeSpans.size());
    String name = text(scope, "name");
    String version = text(scope, "version");
    for (JsonNode span : scopeSpans) {
      readSpan(resource.next(), new OtlpSpan.Scope(name, version, shared.next()), span);
    }
  }

  private void readSpan(Attributes resource, OtlpSpan.Scope scope, JsonNode span) {
    String traceId = Ids.required(span, "traceId", problems);
    String spanId = Ids.required(span, "spanId", problems);
    String parentId = Ids.optional(span, "parentSpanId", problems);
    Attributes attributes = attributes(span, "span.attributes");
    List<OtlpSpan.Event> events = events(span);
    if (traceId == null || spanId == null) {
      return;
    }
    String name = text(span, "name");
    spans.add(
        new OtlpSpan(
            resource,
            scope,
            traceId,
            spanId,
            parentId,
            name == null ? "" : name,
            UnixNanos.fromJson(span.get("startTimeUnixNano")),
            UnixNanos.fromJson(span.get("endTimeUnixNano")),
            // The enum's name instead of its number is not OTLP; Langfuse does not read it either.
            span.path("status").path("code").intValue(),
            text(span.path("status"), "message"),
            attributes,
            events));
  }

  private List<OtlpSpan.Event> events(JsonNode span) {
    List<OtlpSpan.Event> events = new ArrayList<>();
    for (JsonNode event : array(span, "events", "span.events")) {
      String name = text(event, "name");
      events.add(
          new OtlpSpan.Event(name == null ? "" : name, attributes(event, "event.attributes")));
    }
    return events;
  }

  private Attributes attributes(JsonNode owner, String field) {
    return JsonValues.attributes(array(owner, "attributes", field));
  }

  private JsonNode array(JsonNode owner, String name, String field) {
    JsonNode value = owner.path(name);
    if (value.isMissingNode() || value instanceof NullNode) {
      return NOTHING;
    }
    if (!value.isArray()) {
      problems.add(field, "not_an_array");
      return NOTHING;
    }
    return value;
  }

  private static @Nullable String text(JsonNode owner, String name) {
    JsonNode value = owner.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    String text = Json.text(value);
    return text.isEmpty() ? null : text;
  }
}
