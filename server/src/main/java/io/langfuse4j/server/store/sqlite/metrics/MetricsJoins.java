package io.langfuse4j.server.store.sqlite.metrics;

import static io.langfuse4j.server.store.common.MetricsView.mentions;

import io.langfuse4j.server.store.sqlite.query.SqliteDialect;

/** The rows of a view with what must be joined, nothing that is not needed. */
final class MetricsJoins {
  private static final String EXPERIMENTS =
      " LEFT JOIN (SELECT y.trace, max(f.experiment_id) AS experiment_id,"
          + " max(f.experiment_name) AS experiment_name FROM experiment_item f"
          + " JOIN observation y ON y.pk = f.observation GROUP BY y.trace) i ON i.trace = t.pk";

  private MetricsJoins() {}

  /**
   * The FROM clause.
   *
   * @param alias the view's table
   * @param expressions all that is selected and tested
   */
  static String from(String alias, String expressions) {
    String from =
        switch (alias) {
          case "t" -> " FROM trace t";
          case "o" -> " FROM observation o" + ofObservations(expressions);
          case "s" -> " FROM score s" + ofScores(expressions);
          default -> throw new IllegalArgumentException(alias);
        };
    return from
        + (mentions(expressions, "e") ? " LEFT JOIN experiment_item e ON e.observation = o.pk" : "")
        + each(expressions, "k", false)
        + each(expressions, "l", true)
        + (mentions(expressions, "u") ? " JOIN json_each(o.usage) u" : "")
        + (mentions(expressions, "c") ? " JOIN json_each(o.cost) c" : "");
  }

  private static String each(String expressions, String alias, boolean called) {
    return mentions(expressions, alias)
        ? " JOIN json_each(" + SqliteDialect.SQL.toolNames(called) + ") " + alias
        : "";
  }

  private static String ofObservations(String expressions) {
    return mentions(expressions, "t") ? " JOIN trace t ON t.pk = o.trace" : "";
  }

  private static String ofScores(String expressions) {
    boolean observations = mentions(expressions, "o");
    boolean experiments = mentions(expressions, "i");
    return (observations || experiments || mentions(expressions, "t")
            ? " LEFT JOIN trace t ON t.id = s.trace_id AND t.project = s.project"
            : "")
        + (observations
            ? " LEFT JOIN observation o ON o.id = s.observation_id AND o.trace = t.pk"
            : "")
        + (experiments ? EXPERIMENTS : "");
  }
}
