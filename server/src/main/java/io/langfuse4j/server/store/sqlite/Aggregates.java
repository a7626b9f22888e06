package io.langfuse4j.server.store.sqlite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.Function;

/**
 * Aggregate functions that SQLite does not have. Both hold every value of a group: eight bytes for
 * each row.
 */
final class Aggregates {
  private Aggregates() {}

  static void install(Connection connection) throws SQLException {
    Function.create(connection, "langfuse_percentile", new Percentile());
    Function.create(connection, "langfuse_histogram", new Histogram());
  }

  /** Gathers the numbers among the first arguments, and the second argument. */
  private abstract static class Numbers extends Function.Aggregate {
    private static final int SQLITE_NULL = 5;

    private double[] values = new double[16];
    private int count;
    private double parameter;

    @Override
    protected final void xStep() throws SQLException {
      parameter = value_double(1);
      if (value_type(0) == SQLITE_NULL) {
        return;
      }
      if (count == values.length) {
        values = Arrays.copyOf(values, count * 2);
      }
      values[count++] = value_double(0);
    }

    @Override
    protected final void xFinal() throws SQLException {
      if (count == 0) {
        result();
        return;
      }
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      finish(sorted, parameter);
    }

    abstract void finish(double[] sorted, double parameter) throws SQLException;

    /** SQLite clones the function for each group, but shares what its fields refer to. */
    @Override
    public final Object clone() throws CloneNotSupportedException {
      Numbers clone = (Numbers) super.clone();
      clone.values = new double[16];
      clone.count = 0;
      return clone;
    }
  }

  /** langfuse_percentile(value, rank): between neighbours in proportion. */
  private static final class Percentile extends Numbers {
    @Override
    void finish(double[] sorted, double rank) throws SQLException {
      double position = rank * (sorted.length - 1);
      int below = (int) Math.floor(position);
      int above = Math.min(below + 1, sorted.length - 1);
      result(sorted[below] + (sorted[above] - sorted[below]) * (position - below));
    }
  }

  /** langfuse_histogram(value, bins): JSON list of [from, to, number] of equal widths. */
  private static final class Histogram extends Numbers {
    @Override
    void finish(double[] sorted, double parameter) throws SQLException {
      double least = sorted[0];
      double most = sorted[sorted.length - 1];
      int bins = least == most ? 1 : Math.max(1, (int) parameter);
      double width = (most - least) / bins;
      long[] numbers = new long[bins];
      for (double value : sorted) {
        int bin = width == 0 ? 0 : (int) ((value - least) / width);
        numbers[Math.min(bin, bins - 1)]++;
      }
      ArrayNode list = JsonNodeFactory.instance.arrayNode();
      for (int bin = 0; bin < bins; bin++) {
        double upper = bin == bins - 1 ? most : least + width * (bin + 1);
        list.addArray().add(least + width * bin).add(upper).add(numbers[bin]);
      }
      result(list.toString());
    }
  }
}
