package io.langfuse4j.server.store.sqlite.query;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.Filter.Operator;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.Column.ScoresOf;
import io.langfuse4j.server.store.common.Columns;
import io.langfuse4j.server.store.common.MetricsView;
import io.langfuse4j.server.store.sql.Rows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The conditions of a query as SQL text and the values to bind. Values never become text. */
public final class Where {
  private static final String PROJECT = "(SELECT pk FROM project WHERE id = ?)";

  /** What has scores, as the column that names it; and where that is found. */
  private static final Map<ScoresOf, String> SCORED =
      Map.of(
          ScoresOf.TRACES, "s.trace_id",
          ScoresOf.OBSERVATIONS, "y.pk",
          ScoresOf.TRACES_OF_OBSERVATIONS, "x.pk");

  private static final String TRACES_OF_SCORES =
      " FROM score s JOIN trace x ON x.id = s.trace_id AND x.project = s.project";
  private static final Map<ScoresOf, String> FROM_SCORES =
      Map.of(
          ScoresOf.TRACES,
          " FROM score s",
          ScoresOf.OBSERVATIONS,
          TRACES_OF_SCORES + " JOIN observation y ON y.id = s.observation_id AND y.trace = x.pk",
          ScoresOf.TRACES_OF_OBSERVATIONS,
          TRACES_OF_SCORES);

  private final StringBuilder sql = new StringBuilder();
  private final List<Object> values = new ArrayList<>();
  private final String project;
  private final String trace;
  private String projectColumn;
  private @Nullable Connection page;

  private Where(String project, String projectColumn, String trace) {
    this.project = project;
    this.trace = trace;
    this.projectColumn = projectColumn;
    values.add(project);
  }

  /** Over traces as {@code t}. */
  public static Where traces(String project) {
    return new Where(project, "t.project", "t.pk");
  }

  /**
   * Over observations as {@code o}; by key where a condition on the trace finds the few rows at
   * once.
   */
  public static Where observations(String project, List<Filter> filters) {
    boolean byTrace =
        filters.stream()
            .map(filter -> SqliteDialect.TERMS.observations().get(filter.column()).kind())
            .anyMatch(Column.Kind.OF_TRACE::equals);
    Where where = new Where(project, "o.project", "o.trace");
    return (byTrace ? where.byKey() : where).and(SqliteDialect.TERMS.observations(), filters);
  }

  /**
   * Over the terms of traces as {@code x}, one for each trace that has it; null unless a filter
   * asks for a single value of a column that has several.
   */
  public static @Nullable Where ofOneTerm(String project, Filter filter) {
    Column column = SqliteDialect.TERMS.traces().get(filter.column());
    boolean single =
        filter.operator() == Operator.EQUAL
            || filter.operator() == Operator.ANY_OF && filter.strings().size() == 1;
    if (column.kind() != Column.Kind.LIST || !single) {
      return null;
    }
    Object value =
        filter.operator() == Operator.EQUAL ? filter.value().toString() : filter.strings().get(0);
    return project(project, "x.project")
        .and("x.kind = ? AND x.value = ?", SqliteDialect.term(column.sql()), value);
  }

  /** Over scores as {@code s}. */
  public static Where scores(String project) {
    return new Where(
        project,
        "s.project",
        "(SELECT y.pk FROM trace y WHERE y.id = s.trace_id AND y.project = s.project)");
  }

  /** Over the rows of a view, in which traces are {@code t}. */
  public static Where metrics(String project, MetricsView view) {
    return new Where(project, view.alias() + ".project", "t.pk");
  }

  /** Over the rows of any table, whose column with the project's key is named. */
  public static Where project(String project, String column) {
    return new Where(project, column, "NULL");
  }

  /**
   * Not by an index of the project's rows: a condition that follows names few rows by their keys,
   * or most of the table is read. The plus sign tells the planner.
   */
  public Where byKey() {
    projectColumn = projectColumn.startsWith("+") ? projectColumn : "+" + projectColumn;
    return this;
  }

  /**
   * For a query that stops once a page is full: values that many traces have are tested while
   * walking, those that few have are looked up.
   */
  public Where forPage(Connection connection) {
    page = connection;
    return this;
  }

  public Where and(String condition, Object... bound) {
    sql.append(" AND ").append(condition);
    Collections.addAll(values, bound);
    return this;
  }

  /** That a column has one of the values which a query gives. */
  public Where andIn(String column, String select, Where inner) {
    return and(column + " IN (" + select + inner.sql() + ")", inner.values.toArray());
  }

  public Where and(Columns columns, List<Filter> filters) {
    for (Filter filter : filters) {
      and(columns.get(filter.column()), filter);
    }
    return this;
  }

  private void and(Column column, Filter filter) {
    switch (column.kind()) {
      case PLAIN -> {
        sql.append(" AND ");
        condition(column.sql(), filter);
      }
      case OF_TRACE -> {
        sql.append(" AND ")
            .append(trace)
            .append(" IN (SELECT x.pk FROM trace x WHERE x.project = ")
            .append(PROJECT)
            .append(" AND ");
        values.add(project);
        condition("x." + column.sql(), filter);
        sql.append(')');
      }
      case METADATA -> {
        values.add(Objects.requireNonNullElse(filter.key(), ""));
        sql.append(" AND ");
        String function = filter.value() instanceof Double ? "metadata_number(" : "metadata_value(";
        condition(function + column.sql() + ", ?)", filter.onMetadata());
      }
      case VALUES -> listed(column.sql(), filter);
      case LIST, LIST_OF_TRACE -> term(SqliteDialect.term(column.sql()), filter);
      case SCORES, SCORE -> scored(column, filter);
    }
  }

  private void scored(Column column, Filter filter) {
    @Nullable Filter opposite = filter.opposite();
    boolean together = column.kind() == Column.Kind.SCORES;
    ScoresOf owner = Objects.requireNonNull(column.scores());
    String key = SCORED.get(owner);
    sql.append(" AND ")
        .append(row(owner))
        .append(opposite == null ? " IN (SELECT " : " NOT IN (SELECT ")
        .append(key)
        .append(FROM_SCORES.get(owner))
        .append(" WHERE s.project = ")
        .append(PROJECT)
        .append(" AND s.name = ? AND s.trace_id IS NOT NULL")
        .append(owner == ScoresOf.TRACES_OF_OBSERVATIONS ? " AND s.observation_id IS NULL" : "")
        .append(together ? " GROUP BY " + key + " HAVING " : " AND ");
    values.add(project);
    values.add(Objects.requireNonNullElse(filter.key(), ""));
    condition(column.sql(), opposite == null ? filter : opposite);
    sql.append(')');
  }

  private static String row(ScoresOf owner) {
    return switch (owner) {
      case TRACES -> "t.id";
      case OBSERVATIONS -> "o.pk";
      case TRACES_OF_OBSERVATIONS -> "o.trace";
    };
  }

  /** Over a JSON array of texts. */
  private void listed(String array, Filter filter) {
    @Nullable Filter opposite = filter.opposite();
    Filter asked = opposite == null ? filter : opposite;
    String entries = "(SELECT 1 FROM json_each(" + array + ") j";
    String exists = opposite == null ? " AND EXISTS " : " AND NOT EXISTS ";
    switch (asked.operator()) {
      case EQUAL, ANY_OF -> {
        List<String> wanted =
            asked.operator() == Operator.EQUAL
                ? List.of(asked.value().toString())
                : asked.strings();
        sql.append(exists).append(entries).append(" WHERE j.value IN ").append(list(wanted));
        sql.append(')');
        values.addAll(wanted);
      }
      case ALL_OF -> asked.strings().forEach(value -> listed(array, equal(asked, value)));
      case IS_NOT_NULL -> sql.append(exists).append(entries).append(')');
      default -> throw filter.unsupported();
    }
  }

  private static Filter equal(Filter filter, String value) {
    return new Filter(filter.column(), filter.key(), Operator.EQUAL, value);
  }

  private void condition(String left, Filter filter) {
    Object value = filter.value();
    if (left.equals("t.errors") && filter.operator() == Operator.GREATER && isZero(value)) {
      // Spelled out, or the index of traces with errors could not be used.
      append("t.errors > 0");
      return;
    }
    switch (filter.operator()) {
      case EQUAL -> append(left + " = ?", value);
      case NOT_EQUAL -> append(left + " IS NOT ?", value);
      case LESS -> append(left + " < ?", value);
      case LESS_OR_EQUAL -> append(left + " <= ?", value);
      case GREATER -> append(left + " > ?", value);
      case GREATER_OR_EQUAL -> append(left + " >= ?", value);
      case CONTAINS -> append("instr(" + left + ", ?) > 0", value);
      case DOES_NOT_CONTAIN -> append("coalesce(instr(" + left + ", ?), 0) = 0", value);
      case STARTS_WITH -> append("substr(" + left + ", 1, length(?)) = ?", value, value);
      case ENDS_WITH -> append("substr(" + left + ", -length(?)) = ?", value, value);
      case ANY_OF -> append(left + " IN " + list(filter.strings()), filter.strings().toArray());
      case NONE_OF ->
          append(
              "coalesce(" + left + " NOT IN " + list(filter.strings()) + ", 1)",
              filter.strings().toArray());
      case IS_NULL -> append(left + " IS NULL");
      case IS_NOT_NULL -> append(left + " IS NOT NULL");
      case MATCHES -> append("contains_any_case(" + left + ", ?)", value);
      case ALL_OF -> throw filter.unsupported();
    }
  }

  private static boolean isZero(Object value) {
    return value instanceof Double number && number == 0;
  }

  private void term(String kind, Filter filter) {
    switch (filter.operator()) {
      case EQUAL -> termIn(" IN ", kind, List.of(filter.value().toString()));
      case ANY_OF -> termIn(" IN ", kind, filter.strings());
      case NONE_OF -> termIn(" NOT IN ", kind, filter.strings());
      case ALL_OF -> filter.strings().forEach(value -> termIn(" IN ", kind, List.of(value)));
      case IS_NULL -> termExists(" AND NOT EXISTS ", kind);
      case IS_NOT_NULL -> termExists(" AND EXISTS ", kind);
      default -> throw filter.unsupported();
    }
  }

  private void termIn(String operator, String kind, List<String> wanted) {
    String terms =
        "SELECT trace FROM trace_term WHERE project = "
            + PROJECT
            + " AND kind = ? AND value IN "
            + list(wanted);
    List<Object> bound = new ArrayList<>();
    bound.add(project);
    bound.add(kind);
    bound.addAll(wanted);
    if (page != null && " IN ".equals(operator)) {
      if (few(page, terms, bound)) {
        byKey();
      } else {
        and("EXISTS (" + terms + " AND trace = " + trace + ")", bound.toArray());
        return;
      }
    }
    and(trace + operator + "(" + terms + ")", bound.toArray());
  }

  private static boolean few(Connection connection, String terms, List<Object> bound) {
    try {
      return Sql.fewRows(connection, terms, bound.toArray());
    } catch (SQLException e) {
      throw new StoreException("The store could not read: " + e.getMessage(), e);
    }
  }

  private void termExists(String operator, String kind) {
    sql.append(operator)
        .append("(SELECT 1 FROM trace_term WHERE trace = ")
        .append(trace)
        .append(" AND kind = ?)");
    values.add(kind);
  }

  private void append(String condition, Object... bound) {
    sql.append(condition);
    Collections.addAll(values, bound);
  }

  public static String list(List<String> wanted) {
    return "(" + String.join(", ", Collections.nCopies(wanted.size(), "?")) + ")";
  }

  public String sql() {
    return " WHERE " + projectColumn + " = " + PROJECT + sql;
  }

  /** Binds the values from an index on and returns the next index. */
  public int bind(PreparedStatement statement, int index) throws SQLException {
    int next = index;
    for (@Nullable Object value : values) {
      Rows.bind(statement, next++, value);
    }
    return next;
  }
}
