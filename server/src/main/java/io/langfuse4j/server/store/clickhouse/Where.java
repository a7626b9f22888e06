package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.Filter;
import io.langfuse4j.server.store.common.Column;
import io.langfuse4j.server.store.common.Columns;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The conditions of a query over observations {@code o} or scores {@code s}. */
final class Where {
  private final String project;
  private final String traceId;
  private final List<String> conditions = new ArrayList<>();
  private final List<String> plain = new ArrayList<>();

  private Where(String project, String alias) {
    this.project = project;
    this.traceId = alias + ".trace_id";
    conditions.add(alias + ".project = " + Literal.of(project));
  }

  static Where observations(String project) {
    return new Where(project, "o").and("o.part = 0");
  }

  static Where scores(String project) {
    return new Where(project, "s");
  }

  Where and(String condition) {
    conditions.add(condition);
    return this;
  }

  Where and(Columns columns, List<Filter> filters) {
    filters.forEach(filter -> and(columns.get(filter.column()), filter));
    return this;
  }

  private void and(Column column, Filter filter) {
    switch (column.kind()) {
      case PLAIN -> {
        plain.add(column.sql());
        and(Condition.of(column.sql(), column.text(), filter));
      }
      // Traces have these columns under the same ids.
      case OF_TRACE, LIST_OF_TRACE ->
          and(traceId + " IN " + new Traces(project).filters(List.of(filter)).ids());
      case LIST -> throw new IllegalArgumentException(column.sql());
      case SCORES, SCORE -> and(Condition.scored(project, column, filter));
      case VALUES -> and(Condition.ofList(column.sql(), filter));
      case METADATA ->
          and(
              Condition.of(
                  Condition.metadata(column.sql(), Objects.requireNonNullElse(filter.key(), "")),
                  true,
                  filter.onMetadata()));
    }
  }

  /** The expressions that were compared, for whoever joins the tables that they mention. */
  String mentioned() {
    return String.join(" ", plain);
  }

  @Override
  public String toString() {
    return " WHERE " + String.join(" AND ", conditions);
  }
}
