package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.model.TraceUpdate.Kind;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.util.List;

/** What a span says about its trace, beside being one of its observations. */
final class TraceUpdates {
  private static final List<String> KEYS =
      List.of(
          "langfuse.trace.name",
          "langfuse.trace.input",
          "langfuse.trace.output",
          "langfuse.trace.metadata",
          "user.id",
          "session.id",
          "langfuse.trace.public",
          "langfuse.trace.tags",
          "langfuse.user.id",
          "langfuse.session.id",
          "langfuse.observation.metadata.langfuse_user_id",
          "langfuse.observation.metadata.langfuse_session_id",
          "langfuse.observation.metadata.langfuse_tags",
          "ai.telemetry.metadata.sessionId",
          "ai.telemetry.metadata.userId",
          "ai.telemetry.metadata.tags",
          "tag.tags");

  private static final String METADATA = "langfuse.trace.metadata";

  private TraceUpdates() {}

  static boolean isRoot(OtlpSpan span) {
    return span.parentId() == null
        || FieldSources.isTrue(span.attributes().get("langfuse.internal.as_root"));
  }

  static TraceUpdate of(OtlpSpan span, Observation observation) {
    if (observation.root()) {
      return update(
          Kind.ROOT,
          observation,
          InputOutputRules.find(span, Domain.TRACE),
          Metadata.rootTrace(span));
    }
    if (updatesTrace(span.attributes())) {
      return update(
          Kind.UPDATE, observation, InputOutputRules.ofTraceOnly(span), Metadata.traceUpdate(span));
    }
    return TraceUpdate.firstSight(
        observation.traceId(), observation.timing().startTime(), observation.environment());
  }

  private static boolean updatesTrace(Attributes attributes) {
    return KEYS.stream().anyMatch(attributes::isTruthy)
        || attributes.keys().stream().anyMatch(key -> key.startsWith(METADATA));
  }

  private static TraceUpdate update(
      Kind kind, Observation observation, InputOutput content, ObjectNode metadata) {
    Observation.TraceAttributes attributes = observation.traceAttributes();
    String name =
        attributes.name() == null && kind == Kind.ROOT ? observation.name() : attributes.name();
    return new TraceUpdate(
        kind,
        observation.traceId(),
        observation.timing().startTime(),
        observation.environment(),
        name,
        attributes.userId(),
        attributes.sessionId(),
        observation.version(),
        observation.release(),
        attributes.isPublic(),
        attributes.tags(),
        content.inputText(),
        content.outputText(),
        Json.text(metadata));
  }
}
