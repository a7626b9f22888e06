package io.langfuse4j.server.store.sqlite.writing;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.store.PricedBy;
import io.langfuse4j.server.store.StoredObservation;
import io.langfuse4j.server.store.common.Amounts;
import io.langfuse4j.server.store.common.Details;
import io.langfuse4j.server.store.common.Inferred;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.sql.Blobs;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The observation table: its columns in order, and the way there and back. */
public final class ObservationRows {
  /** Columns that an update may change, in the order of {@link #values}. */
  private static final List<String> CHANGING =
      List.of(
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
          "input_tokens",
          "output_tokens",
          "total_tokens",
          "input_cost",
          "output_cost",
          "total_cost",
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
          "inferred",
          "updated_at");

  static final String INSERT =
      "INSERT INTO observation (pk, project, trace, id, created_at, "
          + String.join(", ", CHANGING)
          + ") VALUES (?, ?, ?, ?, ?, "
          + Stream.generate(() -> "?").limit(CHANGING.size()).collect(Collectors.joining(", "))
          + ") ON CONFLICT (id, trace) DO NOTHING";

  static final String UPDATE =
      "UPDATE observation SET "
          + CHANGING.stream().map(column -> column + " = ?").collect(Collectors.joining(", "))
          + " WHERE pk = ?";

  public static final String NARROW = "SELECT o.*, t.id AS trace_id";

  public static final String WITH_CONTENT =
      NARROW + ", c.input AS input, c.output AS output, c.details AS details";

  public static final String FROM = " FROM observation o JOIN trace t ON t.pk = o.trace";

  public static final String CONTENT = " LEFT JOIN observation_content c ON c.observation = o.pk";

  public static final String FROM_WITH_CONTENT = FROM + CONTENT;

  private ObservationRows() {}

  static @Nullable Object[] insertion(
      long pk, long project, long trace, PreparedSpan span, Instant now) {
    @Nullable Object[] changing = values(span, now);
    @Nullable Object[] all = new @Nullable Object[changing.length + 5];
    all[0] = pk;
    all[1] = project;
    all[2] = trace;
    all[3] = span.observation().id();
    all[4] = now;
    System.arraycopy(changing, 0, all, 5, changing.length);
    return all;
  }

  static @Nullable Object[] change(long pk, PreparedSpan span, Instant now) {
    @Nullable Object[] changing = values(span, now);
    @Nullable Object[] all = new @Nullable Object[changing.length + 1];
    System.arraycopy(changing, 0, all, 0, changing.length);
    all[changing.length] = pk;
    return all;
  }

  private static @Nullable Object[] values(PreparedSpan span, Instant now) {
    Observation o = span.observation();
    ModelCall call = o.modelCall();
    TraceAttributes attributes = o.traceAttributes();
    Amounts amounts = span.amounts();
    Priced priced = span.priced();
    return new @Nullable Object[] {
      o.parentId(),
      o.type().name(),
      o.name(),
      o.timing().startTime(),
      o.timing().endTime(),
      o.timing().completionStartTime(),
      o.level().name(),
      o.statusMessage(),
      o.environment(),
      o.version(),
      o.release(),
      call.model(),
      call.modelParameters(),
      priced.usage().isEmpty() ? "{}" : JsonText.write(priced.usage()),
      priced.cost().isEmpty() ? "{}" : JsonText.write(priced.cost()),
      amounts.inputTokens(),
      amounts.outputTokens(),
      amounts.totalTokens(),
      amounts.inputCost(),
      amounts.outputCost(),
      amounts.totalCost(),
      call.promptName(),
      call.promptVersion(),
      attributes.name(),
      attributes.userId(),
      attributes.sessionId(),
      attributes.tags().isEmpty() ? "[]" : JsonText.write(attributes.tags()),
      attributes.isPublic(),
      o.root(),
      o.appRoot(),
      span.inputBytes(),
      span.outputBytes(),
      priced.modelId(),
      priced.tierId(),
      priced.tierName(),
      Inferred.of(priced),
      now
    };
  }

  public static StoredObservation read(ResultSet row, boolean withContent) throws SQLException {
    Details details =
        withContent ? Details.decode(Blobs.bytesOrNull(Rows.blob(row, "details"))) : Details.NONE;
    Content content =
        withContent
            ? new Content(
                Blobs.decodeNullable(Rows.blob(row, "input")),
                Blobs.decodeNullable(Rows.blob(row, "output")),
                details.metadata(),
                details.flatMetadata())
            : Content.EMPTY;
    Observation observation =
        new Observation(
            new Identity(
                Rows.required(row, "trace_id"),
                Rows.required(row, "id"),
                Rows.text(row, "parent_id")),
            ObservationType.valueOf(Rows.required(row, "type")),
            Rows.required(row, "name"),
            new Timing(
                Rows.requiredInstant(row, "start_time"),
                Rows.instant(row, "end_time"),
                Rows.instant(row, "completion_start_time")),
            Level.valueOf(Rows.required(row, "level")),
            Rows.text(row, "status_message"),
            Rows.required(row, "environment"),
            Rows.text(row, "version"),
            Rows.text(row, "release"),
            content,
            modelCall(row),
            traceAttributes(row),
            details.toolsOrNone(),
            details.experiment(),
            details.sourceOrUnknown(),
            row.getBoolean("root"),
            row.getBoolean("app_root"));
    return new StoredObservation(
        observation,
        row.getLong("input_bytes"),
        row.getLong("output_bytes"),
        new PricedBy(
            Rows.text(row, "model_id"), Rows.text(row, "tier_id"), Rows.text(row, "tier_name")),
        Rows.requiredInstant(row, "created_at"),
        Rows.requiredInstant(row, "updated_at"));
  }

  private static ModelCall modelCall(ResultSet row) throws SQLException {
    Long promptVersion = Rows.integer(row, "prompt_version");
    return new ModelCall(
        Rows.text(row, "model"),
        Rows.required(row, "model_parameters"),
        JsonText.units(Rows.required(row, "usage")),
        JsonText.amounts(Rows.required(row, "cost")),
        Rows.text(row, "prompt_name"),
        promptVersion == null ? null : promptVersion.intValue());
  }

  private static TraceAttributes traceAttributes(ResultSet row) throws SQLException {
    Long isPublic = Rows.integer(row, "public");
    return new TraceAttributes(
        Rows.text(row, "trace_name"),
        Rows.text(row, "user_id"),
        Rows.text(row, "session_id"),
        JsonText.strings(Rows.required(row, "tags")),
        isPublic == null ? null : isPublic != 0);
  }
}
