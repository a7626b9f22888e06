package io.langfuse4j.server.store.sqlite;

import static io.langfuse4j.server.store.common.MetricsView.mentions;

/** The rows of a view with what must be joined, nothing that is not needed. */
final class MetricsJoins {
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
        + (mentions(expressions, "u") ? " JOIN json_each(o.usage) u" : "")
        + (mentions(expressions, "c") ? " JOIN json_each(o.cost) c" : "");
  }

  private static String ofObservations(String expressions) {
    return mentions(expressions, "t") ? " JOIN trace t ON t.pk = o.trace" : "";
  }

  private static String ofScores(String expressions) {
    boolean observations = mentions(expressions, "o");
    String traces =
        observations || mentions(expressions, "t")
            ? " LEFT JOIN trace t ON t.id = s.trace_id AND t.project = s.project"
            : "";
    return observations
        ? traces + " LEFT JOIN observation o ON o.id = s.observation_id AND o.trace = t.pk"
        : traces;
  }
}
