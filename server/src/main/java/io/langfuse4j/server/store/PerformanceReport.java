package io.langfuse4j.server.store;

import java.util.List;

/**
 * How traces went, told apart in several ways.
 *
 * @param total all of them together; its group is empty
 * @param along by the interval that they began in, oldest first, without empty intervals
 * @param names by name, the most frequent first
 * @param models the calls within them by model, the most frequent first
 */
public record PerformanceReport(
    Performance total, List<Performance> along, List<Performance> names, List<Performance> models) {
  public PerformanceReport {
    along = List.copyOf(along);
    names = List.copyOf(names);
    models = List.copyOf(models);
  }
}
