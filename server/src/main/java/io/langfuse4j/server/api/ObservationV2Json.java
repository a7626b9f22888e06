package io.langfuse4j.server.api;

import static io.langfuse4j.server.api.ObservationJson.between;
import static io.langfuse4j.server.api.ObservationJson.cost;
import static io.langfuse4j.server.api.ObservationJson.units;

import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.store.ModelStore;
import io.langfuse4j.server.store.StoredObservation;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An observation as the second version of the public API shows it: in groups of fields. */
final class ObservationV2Json {
  private static final int LONGEST_METADATA = 200;

  /** What a reader may ask for; {@code CORE} is always there. */
  enum Group {
    CORE,
    BASIC,
    TIME,
    IO,
    METADATA,
    MODEL,
    USAGE,
    PROMPT,
    METRICS,
    TRACE_CONTEXT
  }

  private interface Writer {
    void write(Json json, StoredObservation stored) throws IOException;
  }

  private final Map<Group, Writer> writers = new EnumMap<>(Group.class);
  private final String project;
  private final PricedModels models;
  private final Set<Group> groups;

  ObservationV2Json(
      String project, ModelStore models, Set<Group> groups, Collection<String> expandedMetadata) {
    this.project = project;
    this.models = new PricedModels(models, project);
    this.groups = groups;
    writers.put(Group.BASIC, ObservationV2Json::basic);
    writers.put(Group.TIME, ObservationV2Json::time);
    writers.put(Group.IO, ObservationV2Json::io);
    writers.put(
        Group.METADATA,
        (json, stored) ->
            json.flatMetadata(
                "metadata",
                stored.observation().content().flatMetadata(),
                LONGEST_METADATA,
                expandedMetadata));
    writers.put(Group.MODEL, this::model);
    writers.put(Group.USAGE, ObservationV2Json::usage);
    writers.put(Group.PROMPT, ObservationV2Json::prompt);
    writers.put(Group.TRACE_CONTEXT, ObservationV2Json::traceContext);
  }

  void write(Json json, StoredObservation stored) throws IOException {
    Observation o = stored.observation();
    json.field("id", o.id())
        .field("traceId", o.traceId())
        .field("startTime", o.timing().startTime())
        .field("endTime", o.timing().endTime())
        .field("projectId", project)
        .field("parentObservationId", o.parentId())
        .field("type", o.type().name());
    for (Map.Entry<Group, Writer> writer : writers.entrySet()) {
      if (groups.contains(writer.getKey())) {
        writer.getValue().write(json, stored);
      }
    }
    json.seconds("latency", between(o.timing().startTime(), o.timing().endTime()))
        .seconds(
            "timeToFirstToken", between(o.timing().startTime(), o.timing().completionStartTime()));
  }

  private static void basic(Json json, StoredObservation stored) throws IOException {
    Observation o = stored.observation();
    TraceAttributes trace = o.traceAttributes();
    json.field("name", o.name())
        .field("level", o.level().name())
        .field("statusMessage", text(o.statusMessage()))
        .field("version", text(o.version()))
        .field("environment", o.environment())
        .field("bookmarked", false)
        .field("public", Boolean.TRUE.equals(trace.isPublic()))
        .field("userId", text(trace.userId()))
        .field("sessionId", text(trace.sessionId()))
        .field("isRootObservation", o.parentId() == null || o.appRoot());
  }

  private static void time(Json json, StoredObservation stored) throws IOException {
    json.field("completionStartTime", stored.observation().timing().completionStartTime())
        .field("createdAt", stored.createdAt())
        .field("updatedAt", stored.updatedAt());
  }

  private static void io(Json json, StoredObservation stored) throws IOException {
    json.field("input", stored.observation().content().input())
        .field("output", stored.observation().content().output());
  }

  private void model(Json json, StoredObservation stored) throws IOException {
    ModelCall call = stored.observation().modelCall();
    String modelId = stored.pricedBy().modelId();
    Model model = models.get(stored.pricedBy());
    json.field("model", text(call.model()))
        .field("internalModelId", text(modelId))
        .raw("modelParameters", call.modelParameters())
        .field("modelId", modelId)
        .field("inputPrice", price(model, "input"))
        .field("outputPrice", price(model, "output"))
        .field("totalPrice", price(model, "total"));
  }

  private static void usage(Json json, StoredObservation stored) throws IOException {
    ModelCall call = stored.observation().modelCall();
    json.units("usageDetails", call.usage())
        .amounts("costDetails", call.cost())
        .field("totalCost", orZero(call.cost().get("total")))
        .field("usagePricingTierName", stored.pricedBy().tierName())
        .field("inputUsage", units(call.usage(), "input"))
        .field("outputUsage", units(call.usage(), "output"))
        .field("totalUsage", call.usage().getOrDefault("total", 0L))
        .field("inputCost", orZero(cost(call.cost(), "input")))
        .field("outputCost", orZero(cost(call.cost(), "output")));
  }

  private static void prompt(Json json, StoredObservation stored) throws IOException {
    ModelCall call = stored.observation().modelCall();
    json.field("promptId", "")
        .field("promptName", text(call.promptName()))
        .field("promptVersion", call.promptVersion());
  }

  private static void traceContext(Json json, StoredObservation stored) throws IOException {
    Observation o = stored.observation();
    String name = o.traceAttributes().name();
    boolean root = o.parentId() == null;
    json.strings("tags", o.traceAttributes().tags())
        .field("release", text(o.release()))
        .field("traceName", name == null && root ? o.name() : name);
  }

  /** The newer API shows prices as texts. */
  private static @Nullable String price(@Nullable Model model, String usageType) {
    BigDecimal price = ObservationJson.price(model, usageType);
    return price == null ? null : price.stripTrailingZeros().toPlainString();
  }

  /** The newer API shows missing texts as empty ones. */
  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static BigDecimal orZero(@Nullable BigDecimal value) {
    return value == null ? BigDecimal.ZERO : value;
  }
}
