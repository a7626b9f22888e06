package io.langfuse4j.server.store.clickhouse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Experiment;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.store.PricedBy;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.common.Amounts;
import io.langfuse4j.server.store.common.Details;
import io.langfuse4j.server.store.common.ExperimentItems;
import io.langfuse4j.server.store.common.Inferred;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.SearchWords;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The observations table: rows as JSON, and back. */
final class ObservationRows {
  private static final List<String> NARROW_COLUMNS =
      List.of(
          "trace_id",
          "id",
          "parent_id",
          "type",
          "name",
          "start_time",
          "end_time",
          "completion_start_time",
          "level",
          "status_message",
          "environment",
          "version",
          "release",
          "model",
          "model_parameters",
          "usage",
          "cost",
          "prompt_name",
          "prompt_version",
          "trace_name",
          "user_id",
          "session_id",
          "tags",
          "public",
          "root",
          "app_root",
          "input_bytes",
          "output_bytes",
          "model_id",
          "tier_id",
          "tier_name",
          "created_at",
          "updated_at");

  /** What {@link #read} needs, of {@code o}. */
  static final String NARROW = "o." + String.join(", o.", NARROW_COLUMNS);

  static final String WITH_CONTENT = NARROW + ", o.input, o.output, o.metadata, o.details";

  /** What {@link #stored} needs. */
  static final String COMPLETE = WITH_CONTENT + ", o.day, o.inferred, " + UpdateColumns.READ;

  private ObservationRows() {}

  static ObjectNode row(
      String project, Prepared span, LocalDate day, long revision, Instant createdAt, Instant now) {
    Observation o = span.observation();
    ObjectNode row = start(project, day, o.traceId(), 0, o.id(), revision, createdAt, now);
    row.put("parent_id", o.parentId());
    row.put("type", o.type().name());
    row.put("name", o.name());
    RowValues.put(row, "start_time", o.timing().startTime());
    RowValues.put(row, "end_time", o.timing().endTime());
    RowValues.put(row, "completion_start_time", o.timing().completionStartTime());
    row.put("level", o.level().name());
    row.put("status_message", o.statusMessage());
    row.put("environment", o.environment());
    row.put("version", o.version());
    row.put("release", o.release());
    putModelCall(row, o.modelCall(), span.priced());
    TraceAttributes attributes = o.traceAttributes();
    row.put("trace_name", attributes.name());
    row.put("user_id", attributes.userId());
    row.put("session_id", attributes.sessionId());
    RowValues.put(row, "tags", attributes.tags());
    RowValues.put(row, "public", attributes.isPublic());
    row.put("root", o.root() ? 1 : 0);
    row.put("app_root", o.appRoot() ? 1 : 0);
    Content content = o.content();
    row.put("input_bytes", bytes(content.input()));
    row.put("output_bytes", bytes(content.output()));
    row.put("input", content.input());
    row.put("output", content.output());
    row.put("metadata", content.metadata());
    row.put("details", details(o));
    row.put("words", ' ' + span.words());
    putExperiment(row, o);
    TraceUpdate update = span.update();
    UpdateColumns.put(
        row,
        update == null
            ? TraceUpdate.firstSight(o.traceId(), o.timing().startTime(), o.environment())
            : update,
        content);
    return row;
  }

  /** What is said about a trace apart from any observation. */
  static ObjectNode row(
      String project, TraceUpdate update, LocalDate day, long revision, Instant now) {
    ObjectNode row =
        start(project, day, update.traceId(), 1, UpdateColumns.digest(update), revision, now, now);
    SearchWords words = new SearchWords();
    Prepared.addNames(words, update);
    row.put("words", ' ' + words.joined());
    RowValues.put(row, "start_time", update.timestamp());
    UpdateColumns.put(row, update, Content.EMPTY);
    return row;
  }

  private static ObjectNode start(
      String project,
      LocalDate day,
      String traceId,
      int part,
      String id,
      long revision,
      Instant createdAt,
      Instant now) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("project", project);
    row.put("day", day.toString());
    row.put("trace_id", traceId);
    row.put("part", part);
    row.put("id", id);
    row.put("revision", revision);
    RowValues.put(row, "created_at", createdAt);
    RowValues.put(row, "updated_at", now);
    return row;
  }

  private static void putModelCall(ObjectNode row, ModelCall call, Priced priced) {
    Amounts amounts = Amounts.of(priced);
    row.put("model", call.model());
    row.put("model_parameters", call.modelParameters());
    row.put("usage", priced.usage().isEmpty() ? "{}" : JsonText.write(priced.usage()));
    row.put("cost", priced.cost().isEmpty() ? "{}" : JsonText.write(priced.cost()));
    row.put("input_tokens", amounts.inputTokens());
    row.put("output_tokens", amounts.outputTokens());
    row.put("total_tokens", amounts.totalTokens());
    row.put("input_cost", amounts.inputCost());
    row.put("output_cost", amounts.outputCost());
    row.put("total_cost", amounts.totalCost());
    row.put("prompt_name", call.promptName());
    row.put("prompt_version", call.promptVersion());
    row.put("model_id", priced.modelId());
    row.put("tier_id", priced.tierId());
    row.put("tier_name", priced.tierName());
    row.put("inferred", Inferred.of(priced));
  }

  /** Only on the first observation of an experiment's item. */
  private static void putExperiment(ObjectNode row, Observation o) {
    Experiment experiment = ExperimentItems.begunBy(o);
    if (experiment != null) {
      row.put("experiment_id", experiment.id());
      row.put("experiment_name", experiment.name());
      row.put("experiment_dataset_id", experiment.datasetId());
      row.put("experiment_item_id", experiment.itemId());
    }
  }

  private static String details(Observation o) {
    Details all = Details.of(o);
    return new String(
        new Details("{}", all.flatMetadata(), all.tools(), all.experiment(), all.source()).encode(),
        StandardCharsets.UTF_8);
  }

  private static int bytes(@Nullable String text) {
    return text == null ? 0 : text.getBytes(StandardCharsets.UTF_8).length;
  }

  static StoredObservation read(Row row, boolean withContent) {
    Details details =
        withContent
            ? Details.decode(row.required("details").getBytes(StandardCharsets.UTF_8))
            : Details.NONE;
    Content content =
        withContent
            ? new Content(
                row.text("input"),
                row.text("output"),
                row.required("metadata"),
                details.flatMetadata())
            : Content.EMPTY;
    Long promptVersion = row.integer("prompt_version");
    Observation observation =
        new Observation(
            new Identity(row.required("trace_id"), row.required("id"), row.text("parent_id")),
            ObservationType.valueOf(row.required("type")),
            row.required("name"),
            new Timing(
                row.requiredInstant("start_time"),
                row.instant("end_time"),
                row.instant("completion_start_time")),
            Level.valueOf(row.required("level")),
            row.text("status_message"),
            row.required("environment"),
            row.text("version"),
            row.text("release"),
            content,
            new ModelCall(
                row.text("model"),
                row.required("model_parameters"),
                JsonText.units(row.required("usage")),
                JsonText.amounts(row.required("cost")),
                row.text("prompt_name"),
                promptVersion == null ? null : promptVersion.intValue()),
            new TraceAttributes(
                row.text("trace_name"),
                row.text("user_id"),
                row.text("session_id"),
                row.strings("tags"),
                row.nullableFlag("public")),
            details.toolsOrNone(),
            details.experiment(),
            details.sourceOrUnknown(),
            row.flag("root"),
            row.flag("app_root"));
    return new StoredObservation(
        observation,
        row.number("input_bytes"),
        row.number("output_bytes"),
        new PricedBy(row.text("model_id"), row.text("tier_id"), row.text("tier_name")),
        row.requiredInstant("created_at"),
        row.requiredInstant("updated_at"));
  }

  /** What is merged with a span that arrives again: usage and cost as the sender gave them. */
  static Prepared.Stored stored(Row row) {
    StoredObservation read = read(row, true);
    return new Prepared.Stored(
        Inferred.without(row.number("inferred"), read.observation()),
        UpdateColumns.read(row),
        LocalDate.parse(row.required("day")),
        read.createdAt());
  }

  static boolean same(Prepared.Stored stored, Observation merged, @Nullable TraceUpdate update) {
    return merged.equals(stored.observation()) && Objects.equals(update, stored.update());
  }
}
