package io.langfuse4j.server.store.sqlite.writing;

import static io.langfuse4j.server.store.common.ObservationMerge.later;

import io.langfuse4j.server.model.TraceUpdate;
import io.langfuse4j.server.store.common.JsonText;
import io.langfuse4j.server.store.common.Preview;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One trace while a group of writes changes it: loaded once, changed in memory, written once.
 * Confined to the writing thread.
 */
final class TraceRow {
  private static final List<String> ATTRIBUTE_COLUMNS =
      List.of(
          "origin",
          "timestamp",
          "name",
          "user_id",
          "session_id",
          "environment",
          "release",
          "version",
          "public",
          "tags",
          "models",
          "types",
          "input_preview",
          "output_preview",
          "updated_at");

  static final List<String> SUM_COLUMNS =
      List.of(
          "observations",
          "errors",
          "warnings",
          "defaults",
          "debugs",
          "roots",
          "unfinished",
          "first_start",
          "last_start",
          "last_end",
          "input_tokens",
          "output_tokens",
          "total_tokens",
          "input_cost",
          "output_cost",
          "total_cost");

  static final String INSERT =
      "INSERT INTO trace (pk, project, id, origin, timestamp, environment, created_at, updated_at)"
          + " VALUES (?, ?, ?, 0, ?, ?, ?, ?)";

  static final String UPDATE =
      "UPDATE trace SET "
          + Stream.concat(ATTRIBUTE_COLUMNS.stream(), SUM_COLUMNS.stream())
              .map(column -> column + " = ?")
              .collect(Collectors.joining(", "))
          + " WHERE pk = ?";

  final long pk;
  final long project;
  final String id;
  private int origin;
  private Instant timestamp;
  private @Nullable String name;
  private @Nullable String userId;
  private @Nullable String sessionId;
  private String environment;
  private @Nullable String release;
  private @Nullable String version;
  private boolean isPublic;
  private List<String> tags = List.of();
  private final Set<String> models = new LinkedHashSet<>();
  private final Set<String> types = new LinkedHashSet<>();
  private @Nullable String inputPreview;
  private @Nullable String outputPreview;
  private TraceSums sums = new TraceSums();
  private @Nullable TraceContent content;
  private boolean recountNeeded;

  TraceRow(long pk, long project, String id, Instant timestamp, String environment) {
    this.pk = pk;
    this.project = project;
    this.id = id;
    this.timestamp = timestamp;
    this.environment = environment;
  }

  static TraceRow read(ResultSet row) throws SQLException {
    TraceRow trace =
        new TraceRow(
            row.getLong("pk"),
            row.getLong("project"),
            Rows.required(row, "id"),
            Rows.requiredInstant(row, "timestamp"),
            Rows.required(row, "environment"));
    trace.origin = row.getInt("origin");
    trace.name = Rows.text(row, "name");
    trace.userId = Rows.text(row, "user_id");
    trace.sessionId = Rows.text(row, "session_id");
    trace.release = Rows.text(row, "release");
    trace.version = Rows.text(row, "version");
    trace.isPublic = row.getBoolean("public");
    trace.tags = JsonText.strings(Rows.required(row, "tags"));
    trace.models.addAll(JsonText.strings(Rows.required(row, "models")));
    trace.types.addAll(JsonText.strings(Rows.required(row, "types")));
    trace.inputPreview = Rows.text(row, "input_preview");
    trace.outputPreview = Rows.text(row, "output_preview");
    trace.sums = TraceSums.read(row);
    return trace;
  }

  /**
   * Merges what a span says about the trace. The timestamp is the earliest seen; the environment is
   * that of the weightiest update, the first among equals.
   */
  void apply(TraceUpdate update, Preview preview, TraceContent current) {
    if (update.timestamp().isBefore(timestamp)) {
      timestamp = update.timestamp();
    }
    if (update.kind() == TraceUpdate.Kind.FIRST_SIGHT) {
      return;
    }
    int weight = update.kind() == TraceUpdate.Kind.ROOT ? 2 : 1;
    if (weight > origin) {
      origin = weight;
      environment = update.environment();
    }
    name = later(name, update.name());
    userId = later(userId, update.userId());
    sessionId = later(sessionId, update.sessionId());
    release = later(release, update.release());
    version = later(version, update.version());
    isPublic = update.isPublic() == null ? isPublic : update.isPublic();
    tags = unite(tags, update.tags());
    content = current.merge(update);
    inputPreview = later(inputPreview, preview.input());
    outputPreview = later(outputPreview, preview.output());
  }

  void add(PreparedSpan span) {
    sums.add(span);
    types.add(span.observation().type().name());
    String model = span.observation().modelCall().model();
    if (model != null) {
      models.add(model);
    }
  }

  long observations() {
    return sums.observations();
  }

  void requireRecount() {
    recountNeeded = true;
  }

  boolean recountNeeded() {
    return recountNeeded;
  }

  void recounted(TraceSums fresh, List<String> freshTypes, List<String> freshModels) {
    sums = fresh;
    types.clear();
    types.addAll(freshTypes);
    models.clear();
    models.addAll(freshModels);
    recountNeeded = false;
  }

  @Nullable TraceContent content() {
    return content;
  }

  void content(TraceContent loaded) {
    content = loaded;
  }

  Instant timestamp() {
    return timestamp;
  }

  List<String> tags() {
    return tags;
  }

  Set<String> models() {
    return models;
  }

  Set<String> types() {
    return types;
  }

  @Nullable Object[] values(Instant now) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add(origin);
    values.add(timestamp);
    values.add(name);
    values.add(userId);
    values.add(sessionId);
    values.add(environment);
    values.add(release);
    values.add(version);
    values.add(isPublic);
    values.add(JsonText.write(tags));
    values.add(JsonText.write(models));
    values.add(JsonText.write(types));
    values.add(inputPreview);
    values.add(outputPreview);
    values.add(now);
    for (@Nullable Object sum : sums.values()) {
      values.add(sum);
    }
    values.add(pk);
    return values.toArray();
  }

  private static List<String> unite(List<String> older, List<String> newer) {
    if (newer.isEmpty() || older.containsAll(newer)) {
      return older;
    }
    Set<String> all = new TreeSet<>(older);
    all.addAll(newer);
    return List.copyOf(all);
  }
}
