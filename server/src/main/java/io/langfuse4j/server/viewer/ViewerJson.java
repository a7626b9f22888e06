package io.langfuse4j.server.viewer;

import io.langfuse4j.server.api.Json;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.StoredScore;
import io.langfuse4j.server.store.TraceGroup;
import io.langfuse4j.server.store.TraceSummary;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows of the viewer's tables. */
final class ViewerJson {
  private static final Set<Score.DataType> ROW_TYPES =
      EnumSet.of(Score.DataType.NUMERIC, Score.DataType.BOOLEAN, Score.DataType.CATEGORICAL);

  private ViewerJson() {}

  static void trace(Json json, TraceSummary trace) throws IOException {
    TraceSummary.Totals totals = trace.totals();
    json.field("id", trace.id())
        .field("name", trace.name())
        .field("timestamp", trace.timestamp())
        .millis("latencyMs", totals.latency())
        .field("observationCount", totals.observations())
        .field("errorCount", totals.errors())
        .field("warningCount", totals.warnings())
        .field("totalTokens", totals.totalTokens())
        .field("inputTokens", totals.inputTokens())
        .field("outputTokens", totals.outputTokens())
        .field("totalCost", totals.totalCost())
        .field("userId", trace.userId())
        .field("sessionId", trace.sessionId())
        .strings("tags", trace.tags())
        .field("environment", trace.environment())
        .field("release", trace.release())
        .field("version", trace.version())
        .strings("models", trace.models())
        .strings("types", trace.types())
        .field("level", trace.worstLevel().name())
        .field("public", trace.isPublic())
        .field("inputPreview", trace.inputPreview())
        .field("outputPreview", trace.outputPreview())
        .field("running", !trace.complete());
  }

  static void observation(Json json, StoredObservation stored) throws IOException {
    Observation o = stored.observation();
    Instant start = o.timing().startTime();
    ModelCall call = o.modelCall();
    Map<String, Long> usage = call.usage();
    json.field("id", o.id())
        .field("traceId", o.traceId())
        .field("parentObservationId", o.parentId())
        .field("type", o.type().name())
        .field("name", o.name())
        .field("startTime", start)
        .field("endTime", o.timing().endTime())
        .field("completionStartTime", o.timing().completionStartTime())
        .millis("latencyMs", between(start, o.timing().endTime()))
        .millis("timeToFirstTokenMs", between(start, o.timing().completionStartTime()))
        .field("level", o.level().name())
        .field("statusMessage", o.statusMessage())
        .field("model", call.model())
        .raw("modelParameters", call.modelParameters())
        .units("usage", usage)
        .amounts("cost", call.cost())
        .field("inputTokens", sum(usage, "input"))
        .field("outputTokens", sum(usage, "output"))
        .field("totalTokens", usage.get("total"))
        .field("totalCost", call.cost().get("total"))
        .field("pricingTier", stored.pricedBy().tierName())
        .field("promptName", call.promptName())
        .field("promptVersion", call.promptVersion())
        .field("environment", o.environment())
        .field("version", o.version())
        .field("inputBytes", stored.inputBytes())
        .field("outputBytes", stored.outputBytes());
  }

  /**
   * What the scores of a trace and of its steps say, one entry for each name: numbers as their
   * mean, words as the newest of them. Text and corrections are too long for a row.
   */
  static void verdicts(Json json, List<StoredScore> scores) throws IOException {
    Map<String, List<Score>> byName =
        scores.stream()
            .map(StoredScore::score)
            .filter(score -> ROW_TYPES.contains(score.dataType()))
            .collect(Collectors.groupingBy(Score::name, TreeMap::new, Collectors.toList()));
    json.array(
        "scores",
        array -> {
          for (Map.Entry<String, List<Score>> entry : byName.entrySet()) {
            Score newest = entry.getValue().get(0);
            array.element(
                row ->
                    row.field("name", entry.getKey())
                        .field("dataType", newest.dataType().name())
                        .field("value", mean(entry.getValue()))
                        .field("stringValue", newest.stringValue())
                        .field("count", entry.getValue().size()));
          }
        });
  }

  private static @Nullable Double mean(List<Score> scores) {
    OptionalDouble mean =
        scores.stream()
            .map(Score::value)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average();
    return mean.isPresent() ? mean.getAsDouble() : null;
  }

  /** Of an observation, or of the whole trace where {@code observationId} is null. */
  static void score(Json json, StoredScore stored) throws IOException {
    Score score = stored.score();
    json.field("id", score.id())
        .field("observationId", score.subject().observationId())
        .field("name", score.name())
        .field("dataType", score.dataType().name())
        .field("value", score.value())
        .field("stringValue", score.stringValue())
        .field("comment", score.comment())
        .field("source", score.source().name())
        .metadata("metadata", score.metadata())
        .field("timestamp", score.timestamp());
  }

  static void performance(Json json, Performance part) throws IOException {
    json.field("count", part.count())
        .field("errors", part.errors())
        .field("inputTokens", part.inputTokens())
        .field("outputTokens", part.outputTokens())
        .field("totalTokens", part.totalTokens())
        .field("totalCost", part.totalCost())
        .field("p50Ms", part.medianMillis())
        .field("p95Ms", part.p95Millis());
  }

  static void group(Json json, TraceGroup group) throws IOException {
    json.field("id", group.id())
        .field("traces", group.traces())
        .field("errors", group.errors())
        .field("first", group.first())
        .field("last", group.last())
        .field("totalTokens", group.totalTokens())
        .field("totalCost", group.totalCost())
        .field("name", group.latest().name())
        .field("userId", group.latest().userId())
        .field("inputPreview", group.latest().inputPreview())
        .field("outputPreview", group.latest().outputPreview());
  }

  private static @Nullable Duration between(Instant start, @Nullable Instant end) {
    return end == null ? null : Duration.between(start, end);
  }

  private static @Nullable Long sum(Map<String, Long> usage, String part) {
    if (usage.isEmpty()) {
      return null;
    }
    return usage.entrySet().stream()
        .filter(entry -> entry.getKey().contains(part))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
