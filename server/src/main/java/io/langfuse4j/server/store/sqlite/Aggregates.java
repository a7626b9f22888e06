package io.langfuse4j.server.store.sqlite;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.Function;

/** What SQLite cannot make of a group's {@link Numbers}; nothing of none. */
final class Aggregates {
  private Aggregates() {}

  static void install(Connection connection) throws SQLException {
    Function.create(connection, "langfuse_percentile", new Percentile());
    Function.create(connection, "langfuse_histogram", new Histogram());
  }

  private abstract static class OfNumbers extends Function {
    @Override
    protected final void xFunc() throws SQLException {
      double[] numbers = Numbers.parse(value_text(0));
      if (numbers.length == 0) {
        result();
        return;
      }
      Arrays.sort(numbers);
      finish(numbers, value_double(1));
    }

    abstract void finish(double[] sorted, double parameter) throws SQLException;
  }

  /** langfuse_percentile(numbers, rank): between neighbours in proportion. */
  private static final class Percentile extends OfNumbers {
    @Override
    void finish(double[] sorted, double rank) throws SQLException {
      double position = rank * (sorted.length - 1);
      int below = (int) Math.floor(position);
      int above = Math.min(below + 1, sorted.length - 1);
      result(sorted[below] + (sorted[above] - sorted[below]) * (position - below));
    }
  }

  /** langfuse_histogram(numbers, bins): JSON list of [from, to, number] of equal widths. */
  private static final class Histogram extends OfNumbers {
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
