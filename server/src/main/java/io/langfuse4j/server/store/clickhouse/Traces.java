package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.Columns;
import io.langfuse4j.server.store.common.SearchWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Traces as a table expression {@code t} over the rows that tell of them. Conditions on what one
 * row tells narrow the rows that are read; the others are tested on the whole trace.
 */
final class Traces {
  private static final Pattern MENTIONED = Pattern.compile("(?<![a-z_])t\\.([a-z_0-9]+)");
  private static final int LEAST_BEGINNING = 2;
  private static final String COUNTED = "countIf(o.part = 0 AND o.level = '%s')";

  /** What a trace is, by the names of {@code t}'s columns. */
  private static final Map<String, String> COLUMNS = new LinkedHashMap<>();

  /** Columns that a row's own value must equal in at least one row of a trace that matches. */
  private static final Map<String, String> TOLD_BY_ROWS =
      Map.of(
          "t.id", "trace_id",
          "t.name", "u_name",
          "t.user_id", "u_user_id",
          "t.session_id", "u_session_id",
          "t.release", "u_release",
          "t.version", "u_version",
          "t.environment", "u_environment");

  static {
    COLUMNS.put("id", "o.trace_id");
    for (String said : List.of("name", "user_id", "session_id", "release", "version")) {
      COLUMNS.put(said, "argMax(o.u_" + said + ", o.revision)");
    }
    COLUMNS.put("timestamp", "min(least(o.start_time, o.u_time))");
    // That of the weightiest row, the first among equals.
    COLUMNS.put("environment", "argMin(o.u_environment, (-toInt8(o.u_kind), toInt64(o.revision)))");
    COLUMNS.put("public", "coalesce(argMax(o.u_public, o.revision), 0)");
    COLUMNS.put("bookmarked", "max(0)");
    COLUMNS.put("tags", "arraySort(groupUniqArrayArray(o.u_tags))");
    COLUMNS.put("models", inOrderOfAppearance("coalesce(o.model, '')", "o.model IS NOT NULL"));
    COLUMNS.put("types", inOrderOfAppearance("toString(o.type)", "1"));
    COLUMNS.put("observations", "countIf(o.part = 0)");
    COLUMNS.put("errors", COUNTED.formatted("ERROR"));
    COLUMNS.put("warnings", COUNTED.formatted("WARNING"));
    COLUMNS.put("defaults", COUNTED.formatted("DEFAULT"));
    COLUMNS.put("debugs", COUNTED.formatted("DEBUG"));
    COLUMNS.put("roots", "countIf(o.root = 1)");
    COLUMNS.put("unfinished", "countIf(o.part = 0 AND o.end_time IS NULL AND o.type != 'EVENT')");
    COLUMNS.put("first_start", "minOrNullIf(o.start_time, o.part = 0)");
    COLUMNS.put("last_start", "maxOrNullIf(o.start_time, o.part = 0)");
    COLUMNS.put("last_end", "max(o.end_time)");
    for (String sum :
        List.of(
            "input_tokens",
            "output_tokens",
            "total_tokens",
            "input_cost",
            "output_cost",
            "total_cost")) {
      COLUMNS.put(sum, "sum(o." + sum + ")");
    }
    COLUMNS.put("created_at", "min(o.created_at)");
    COLUMNS.put("updated_at", "max(o.updated_at)");
    COLUMNS.put("input_preview", "argMax(o.u_input_preview, o.revision)");
    COLUMNS.put("output_preview", "argMax(o.u_output_preview, o.revision)");
    COLUMNS.put("input", "argMax(if(bitTest(o.u_same, 0), o.input, o.u_input), o.revision)");
    COLUMNS.put("output", "argMax(if(bitTest(o.u_same, 1), o.output, o.u_output), o.revision)");
    COLUMNS.put(
        "metadata_parts",
        "arrayMap(x -> x.2, arraySort(groupArrayIf((o.revision, o.u_metadata),"
            + " o.u_metadata != '{}')))");
  }

  private final String projectId;
  private final String project;
  private final List<String> ofRows = new ArrayList<>();
  private final List<String> ofTraces = new ArrayList<>();
  private final Map<String, String> metadata = new LinkedHashMap<>();

  Traces(String project) {
    this.projectId = project;
    this.project = Literal.of(project);
  }

  private static String inOrderOfAppearance(String value, String condition) {
    return "arrayDistinct(arrayMap(x -> x.3, arraySort(groupArrayIf((o.start_time, o.revision, "
        + value
        + "), o.part = 0 AND "
        + condition
        + "))))";
  }

  Traces filters(List<Filter> filters) {
    return filters(ClickHouseDialect.TERMS.traces(), filters);
  }

  Traces filters(Columns columns, List<Filter> filters) {
    for (Filter filter : filters) {
      filter(columns.get(filter.column()), filter);
    }
    return this;
  }

  private void filter(Column column, Filter filter) {
    switch (column.kind()) {
      case PLAIN -> {
        String told = TOLD_BY_ROWS.get(column.sql());
        if (told != null && Condition.names(filter)) {
          rows(
              "trace_id".equals(told)
                  ? Condition.of("o.trace_id", true, filter)
                  : withRow(Condition.of("r." + told, true, filter)));
        }
        if (begins(column, filter) && filter.value() instanceof Instant since) {
          heardOfSince(since);
        }
        and(Condition.of(column.sql(), column.text(), filter));
      }
      case LIST -> and(Condition.ofList("t." + column.sql(), filter));
      case METADATA -> {
        String key = Objects.requireNonNullElse(filter.key(), "");
        String name = "metadata_" + metadata.size();
        metadata.put(name, "argMax(" + Condition.metadata("o.u_metadata", key) + ", o.revision)");
        and(Condition.of("t." + name, true, filter.onMetadata()));
      }
      case SCORES, SCORE -> rows(Condition.scored(projectId, column, filter));
      case OF_TRACE, LIST_OF_TRACE, VALUES -> throw new IllegalArgumentException(column.sql());
    }
  }

  private static boolean begins(Column column, Filter filter) {
    return "t.timestamp".equals(column.sql())
        && (filter.operator() == Operator.GREATER
            || filter.operator() == Operator.GREATER_OR_EQUAL);
  }

  /** See {@code TraceQuery} for what a search finds. */
  Traces search(@Nullable String text) {
    if (text == null || text.isBlank()) {
      return this;
    }
    List<String> words = List.copyOf(SearchWords.of(text));
    String whole = Literal.of(text.strip());
    if (words.isEmpty()) {
      return and(
          "(position(t.name, %1$s) > 0 OR position(t.user_id, %1$s) > 0 OR position(t.session_id, %1$s) > 0)"
              .formatted(whole));
    }
    List<String> every = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      boolean beginning =
          i == words.size() - 1 && SearchWords.endsOpen(text) && word.length() >= LEAST_BEGINNING;
      every.add(
          withRow(
              beginning
                  ? "position(r.words, " + Literal.of(' ' + word) + ") > 0"
                  : "hasToken(r.words, " + Literal.of(word) + ")"));
    }
    return rows(
        "("
            + String.join(" AND ", every)
            + " OR o.trace_id = "
            + whole
            + " OR "
            + withRow("r.id = " + whole)
            + ")");
  }

  /** Only traces of which some row, as it is now, fulfils a condition on {@code r}. */
  private String withRow(String condition) {
    return "o.trace_id IN (SELECT r.trace_id FROM observations AS r FINAL WHERE r.project = "
        + project
        + " AND "
        + condition
        + ")";
  }

  /** A condition on rows {@code o} that holds for all rows of a trace or for none. */
  Traces rows(String condition) {
    ofRows.add(condition);
    return this;
  }

  Traces ids(List<String> traceIds) {
    return rows("o.trace_id IN " + Literal.list(traceIds));
  }

  /** Traces that some row has told of since, and more: for whoever then tests the whole trace. */
  Traces heardOfSince(Instant time) {
    return rows(
        "o.trace_id IN (SELECT r.trace_id FROM observations AS r WHERE r.project = "
            + project
            + " AND r.start_time >= "
            + Literal.of(time)
            + ")");
  }

  /** A condition on {@code t}. */
  Traces and(String condition) {
    ofTraces.add(condition);
    return this;
  }

  /**
   * {@code FROM … WHERE …} for whoever selects from {@code t}.
   *
   * @param mentioning the rest of the statement, by which the columns are chosen
   */
  String from(String mentioning) {
    String conditions = conditions();
    return " FROM " + table(mentioning + conditions) + " AS t" + conditions;
  }

  /** The conditions on {@code t}, as a WHERE clause or nothing. */
  String conditions() {
    return ofTraces.isEmpty() ? "" : " WHERE " + String.join(" AND ", ofTraces);
  }

  /** The table expression alone; the conditions on traces are left to the caller. */
  String table(String mentioning) {
    Map<String, String> columns = new LinkedHashMap<>();
    columns.put("id", COLUMNS.get("id"));
    Matcher matcher = MENTIONED.matcher(mentioning);
    while (matcher.find()) {
      String name = matcher.group(1);
      String sql = COLUMNS.getOrDefault(name, metadata.get(name));
      if (sql == null) {
        throw new IllegalStateException("Traces have no column " + name);
      }
      columns.put(name, sql);
    }
    List<String> selected = new ArrayList<>();
    columns.forEach((name, sql) -> selected.add(sql + " AS " + name));
    return "(SELECT "
        + String.join(", ", selected)
        + " FROM observations AS o FINAL WHERE o.project = "
        + project
        + String.join("", ofRows.stream().map(condition -> " AND " + condition).toList())
        + " GROUP BY o.trace_id)";
  }

  /** The ids of the traces that match, as a subquery in brackets. */
  String ids() {
    return "(SELECT t.id" + from("") + ")";
  }
}
