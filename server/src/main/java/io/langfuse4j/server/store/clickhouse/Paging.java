package io.langfuse4j.server.store.clickhouse;

import java.util.ArrayList;
import java.util.List;

/** Ends of statements. */
final class Paging {
  private Paging() {}

  /** Absent values come last from the top and first from the bottom, as in the embedded store. */
  static String orderBy(boolean descending, String... expressions) {
    List<String> sorted = new ArrayList<>();
    for (String expression : expressions) {
      sorted.add(expression + (descending ? " DESC NULLS LAST" : " ASC NULLS FIRST"));
    }
    return " ORDER BY " + String.join(", ", sorted);
  }

  static String limit(long limit, long offset) {
    return " LIMIT " + limit + (offset > 0 ? " OFFSET " + offset : "");
  }
}
