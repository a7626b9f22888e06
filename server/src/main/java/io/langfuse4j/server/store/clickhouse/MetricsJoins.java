package io.langfuse4j.server.store.clickhouse;

import static io.langfuse4j.server.store.common.MetricsView.mentions;

/** What must be joined to the rows of a view, nothing that is not needed. */
final class MetricsJoins {
  private final String project;
  private final String alias;

  /**
   * Joins of one project's rows.
   *
   * @param alias the view's table
   */
  MetricsJoins(String project, String alias) {
    this.project = project;
    this.alias = alias;
  }

  /** Those by which all that is selected and tested means something. */
  String of(String expressions) {
    StringBuilder joins = new StringBuilder();
    if (!"t".equals(alias) && mentions(expressions, "t")) {
      joins
          .append(" LEFT JOIN ")
          .append(new Traces(project).table(expressions))
          .append(" AS t ON t.id = ")
          .append(alias)
          .append(".trace_id");
    }
    if ("s".equals(alias) && mentions(expressions, "o")) {
      joins
          .append(
              " LEFT JOIN (SELECT o.trace_id, o.id, o.name, o.model, o.prompt_name,"
                  + " o.prompt_version FROM observations AS o")
          .append(ofProject("o"))
          .append(" AND o.part = 0) AS o ON o.id = s.observation_id AND o.trace_id = s.trace_id");
    }
    if (mentions(expressions, "i")) {
      joins
          .append(
              " LEFT JOIN (SELECT o.trace_id AS trace_id, max(o.experiment_id) AS experiment_id,"
                  + " max(o.experiment_name) AS experiment_name FROM observations AS o")
          .append(ofProject("o"))
          .append(
              " AND o.experiment_id IS NOT NULL GROUP BY o.trace_id) AS i"
                  + " ON i.trace_id = s.trace_id");
    }
    if (mentions(expressions, "x")) {
      joins.append("t".equals(alias) ? scoresOfTraces() : scoresOfObservations());
    }
    return joins.toString();
  }

  private String scoresOfTraces() {
    return " LEFT JOIN (SELECT y.trace_id AS trace_id, count() AS scores FROM scores AS y"
        + ofProject("y")
        + " GROUP BY y.trace_id) AS x ON x.trace_id = t.id";
  }

  private String scoresOfObservations() {
    return " LEFT JOIN (SELECT y.trace_id AS trace_id, y.observation_id AS observation_id,"
        + " count() AS scores FROM scores AS y"
        + ofProject("y")
        + " GROUP BY y.trace_id, y.observation_id) AS x"
        + " ON x.trace_id = o.trace_id AND x.observation_id = o.id";
  }

  private String ofProject(String table) {
    return " FINAL WHERE " + table + ".project = " + Literal.of(project);
  }
}
