package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.Performance;
import io.langfuse4j.server.store.sql.Rows;
import io.langfuse4j.server.store.sqlite.functions.Numbers;
import io.langfuse4j.server.store.sqlite.functions.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up what groups of rows come to. Confined to one thread. */
final class PerformanceTally {
  private static final Comparator<Performance> MOST_FREQUENT =
      Comparator.comparingLong(Performance::count).reversed().thenComparing(Performance::group);

  private final Sample took = new Sample();
  private long count;
  private long errors;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private @Nullable Long totalTokens;
  private @Nullable Double totalCost;

  /**
   * Some rows that were added up already.
   *
   * @param tookMillis one for each that has ended
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Part(
      long count,
      long errors,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long totalTokens,
      @Nullable Double totalCost,
      double[] tookMillis) {

    /** The columns that {@link #read} reads. */
    static String columns(String table, String failed, String millis) {
      return ", count(*) AS count, sum("
          + failed
          + ") AS errors, sum(%1$s.input_tokens) AS input_tokens,".formatted(table)
          + " sum(%1$s.output_tokens) AS output_tokens,".formatted(table)
          + " sum(%1$s.total_tokens) AS total_tokens,".formatted(table)
          + " sum(%1$s.total_cost) AS total_cost, ".formatted(table)
          + Numbers.gathered(millis)
          + " AS took";
    }

    static Part read(ResultSet row) throws SQLException {
      return new Part(
          row.getLong("count"),
          row.getLong("errors"),
          Rows.integer(row, "input_tokens"),
          Rows.integer(row, "output_tokens"),
          Rows.integer(row, "total_tokens"),
          Rows.real(row, "total_cost"),
          Numbers.sorted(row.getString("took")));
    }
  }

  void add(Part part) {
    count += part.count();
    errors += part.errors();
    inputTokens = sum(inputTokens, part.inputTokens());
    outputTokens = sum(outputTokens, part.outputTokens());
    totalTokens = sum(totalTokens, part.totalTokens());
    Double cost = part.totalCost();
    if (cost != null) {
      totalCost = totalCost == null ? cost : Double.valueOf(totalCost + cost);
    }
    took.add(part.tookMillis());
  }

  private static @Nullable Long sum(@Nullable Long left, @Nullable Long right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left + right;
  }

  long count() {
    return count;
  }

  Performance named(String group) {
    return new Performance(
        group,
        count,
        errors,
        inputTokens,
        outputTokens,
        totalTokens,
        totalCost,
        percentile(0.5),
        percentile(0.95));
  }

  /** The shortest duration that this share of all did not exceed. */
  private @Nullable Double percentile(double share) {
    long size = took.size();
    return size == 0 ? null : (Double) took.at((long) Math.ceil(share * size) - 1);
  }

  /** Tallies by group. */
  static final class Groups<K extends Comparable<K>> {
    private final Map<K, PerformanceTally> tallies = new HashMap<>();

    void add(@Nullable K group, Part part) {
      if (group != null) {
        tallies.computeIfAbsent(group, unused -> new PerformanceTally()).add(part);
      }
    }

    List<Performance> mostFrequent(int limit) {
      return tallies.entrySet().stream()
          .map(entry -> entry.getValue().named(String.valueOf(entry.getKey())))
          .sorted(MOST_FREQUENT)
          .limit(limit)
          .toList();
    }

    List<Performance> inOrder() {
      return tallies.entrySet().stream()
          .sorted(Map.Entry.comparingByKey())
          .map(entry -> entry.getValue().named(String.valueOf(entry.getKey())))
          .toList();
    }
  }
}
