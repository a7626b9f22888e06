package io.langfuse4j.server.store;

import java.util.List;

/** A page of one project's sessions, newest first; filters apply to the traces they consist of. */
public record SessionQuery(String project, List<Filter> filters, int limit, long offset) {
  public SessionQuery {
    filters = List.copyOf(filters);
  }
}
