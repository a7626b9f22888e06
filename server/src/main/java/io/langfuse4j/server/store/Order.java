package io.langfuse4j.server.store;

/** Which column sorts a page; equal rows are sorted by id in the same direction. */
public record Order(String column, boolean descending) {
  public static final Order NEWEST_TRACE = new Order("timestamp", true);
  public static final Order NEWEST_OBSERVATION = new Order("startTime", true);
}
