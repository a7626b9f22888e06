package io.langfuse4j.server.store.sqlite;

import io.langfuse4j.server.store.Performance;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Adds up rows of one group. Durations are kept one by one: sorting them here is many times faster
 * than ranking rows in SQLite. Confined to one thread.
 */
final class PerformanceTally {
  private static final Comparator<Performance> MOST_FREQUENT =
      Comparator.comparingLong(Performance::count).reversed().thenComparing(Performance::group);

  private long count;
  private long errors;
  private @Nullable Long inputTokens;
  private @Nullable Long outputTokens;
  private @Nullable Long totalTokens;
  private @Nullable Double totalCost;
  private long[] took = new long[8];
  private int ended;

  /** The columns of a row from an index on: failed, three kinds of tokens, cost, duration. */
  record Row(
      boolean failed,
      @Nullable Long inputTokens,
      @Nullable Long outputTokens,
      @Nullable Long totalTokens,
      @Nullable Double totalCost,
      @Nullable Long tookMillis) {

    static Row read(ResultSet row, int first) throws SQLException {
      return new Row(
          row.getInt(first) != 0,
          integer(row, first + 1),
          integer(row, first + 2),
          integer(row, first + 3),
          real(row, first + 4),
          integer(row, first + 5));
    }

    private static @Nullable Long integer(ResultSet row, int column) throws SQLException {
      long value = row.getLong(column);
      return row.wasNull() ? null : value;
    }

    private static @Nullable Double real(ResultSet row, int column) throws SQLException {
      double value = row.getDouble(column);
      return row.wasNull() ? null : value;
    }
  }

  void add(Row row) {
    count++;
    errors += row.failed() ? 1 : 0;
    inputTokens = sum(inputTokens, row.inputTokens());
    outputTokens = sum(outputTokens, row.outputTokens());
    totalTokens = sum(totalTokens, row.totalTokens());
    Double cost = row.totalCost();
    if (cost != null) {
      totalCost = totalCost == null ? cost : Double.valueOf(totalCost + cost);
    }
    Long millis = row.tookMillis();
    if (millis != null) {
      if (ended == took.length) {
        took = Arrays.copyOf(took, ended * 2);
      }
      took[ended++] = millis;
    }
  }

  private static @Nullable Long sum(@Nullable Long left, @Nullable Long right) {
    if (left == null || right == null) {
      return left == null ? right : left;
    }
    return left + right;
  }

  Performance named(String group) {
    Arrays.sort(took, 0, ended);
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
    return ended == 0 ? null : (double) took[(int) Math.ceil(share * ended) - 1];
  }

  /** Tallies by group. */
  static final class Groups<K extends Comparable<K>> {
    private final Map<K, PerformanceTally> tallies = new HashMap<>();

    void add(@Nullable K group, Row row) {
      if (group != null) {
        tallies.computeIfAbsent(group, unused -> new PerformanceTally()).add(row);
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
