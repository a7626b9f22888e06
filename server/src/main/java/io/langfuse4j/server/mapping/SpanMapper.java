package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Source;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.otlp.Attributes;
import io.langfuse4j.server.otlp.Json;
import io.langfuse4j.server.otlp.OtlpExport;
import io.langfuse4j.server.otlp.OtlpSpan;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns spans into observations and what they say about their traces. The same span gives the same
 * result; only a span without any time gets the clock's. Thread-safe.
 */
public final class SpanMapper {
  private final Clock clock;

  public SpanMapper() {
    this(Clock.systemUTC());
  }

  public SpanMapper(Clock clock) {
    this.clock = clock;
  }

  /** One result per span, in the order of the request. */
  public List<MappedSpan> map(OtlpExport export) {
    return export.spans().stream().map(this::map).toList();
  }

  /** One span; large requests are better mapped span by span than all at once. */
  public MappedSpan map(OtlpSpan span) {
    Observation observation = observation(span);
    return new MappedSpan(observation, TraceUpdates.of(span, observation));
  }

  private Observation observation(OtlpSpan span) {
    ObservationType type = TypeRules.typeOf(span);
    InputOutput content = InputOutputRules.find(span, Domain.OBSERVATION);
    ObjectNode metadata = Metadata.observation(span);
    JsonNode input = ToolDefinitions.move(metadata, content.input());
    String name = FieldSources.NAME.text(span);
    return new Observation(
        new Observation.Identity(span.traceId(), span.spanId(), span.parentId()),
        type,
        name == null ? span.name() : name,
        Times.of(span, clock),
        LevelRules.levelOf(span),
        FieldSources.STATUS_MESSAGE.text(span),
        Environments.normalise(FieldSources.ENVIRONMENT.text(span)),
        FieldSources.VERSION.text(span),
        FieldSources.RELEASE.text(span),
        new Observation.Content(
            input == null ? null : Json.text(input),
            content.outputText(),
            Json.text(metadata),
            flatMetadata(span, content.input())),
        modelCall(span, type),
        traceAttributes(span),
        new Tools(ToolDefinitions.listedIn(input), ToolCalls.listedIn(content.output())),
        Experiments.of(span),
        source(span),
        TraceUpdates.isRoot(span),
        FieldSources.isTrue(span.attributes().get("langfuse.internal.is_app_root")));
  }

  private static String flatMetadata(OtlpSpan span, @Nullable JsonNode input) {
    ObjectNode row = Metadata.row(span);
    ToolDefinitions.move(row, input);
    ObjectNode flat = JsonNodeFactory.instance.objectNode();
    DotPaths.flatten(row).forEach(flat::put);
    return Json.text(flat);
  }

  private static ModelCall modelCall(OtlpSpan span, ObservationType type) {
    Map<String, Long> usage = UsageRules.usageOf(span);
    Map<String, BigDecimal> cost = CostRules.costOf(span);
    String promptName =
        type == ObservationType.GENERATION ? FieldSources.PROMPT_NAME.text(span) : null;
    return new ModelCall(
        FieldSources.isSummary(span) ? null : FieldSources.MODEL.text(span),
        ModelParameters.of(span),
        usage,
        cost,
        promptName,
        promptName == null ? null : promptVersion(span));
  }

  /** A version that is no number is left out; the observation and the prompt's name stay. */
  private static @Nullable Integer promptVersion(OtlpSpan span) {
    BigDecimal version = Numbers.decimal(FieldSources.PROMPT_VERSION.find(span));
    if (version == null
        || version.stripTrailingZeros().scale() > 0
        || version.abs().compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
      return null;
    }
    return version.intValue();
  }

  private static TraceAttributes traceAttributes(OtlpSpan span) {
    JsonNode isPublic = FieldSources.PUBLIC.find(span);
    return new TraceAttributes(
        FieldSources.TRACE_NAME.text(span),
        FieldSources.USER_ID.text(span),
        FieldSources.SESSION_ID.text(span),
        Tags.parse(FieldSources.TAGS.find(span)),
        isPublic == null ? null : FieldSources.isTrue(isPublic));
  }

  private static Source source(OtlpSpan span) {
    Attributes resource = span.resource();
    return new Source(
        resource.text("service.name"),
        resource.text("service.version"),
        span.scope().name(),
        span.scope().version(),
        resource.text("telemetry.sdk.language"),
        resource.text("telemetry.sdk.name"),
        resource.text("telemetry.sdk.version"));
  }
}
