package io.langfuse4j.server.store.sqlite.functions;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.Function;

/** What SQLite cannot make of a group's {@link Numbers}; nothing of none. */
final class Aggregates {
  private Aggregates() {}

  static void install(Connection connection) throws SQLException {
    Function.create(connection, "langfuse_percentile", new Percentile());
    Function.create(connection, "langfuse_histogram", new Histogram());
  }

  private abstract static class OfNumbers extends Function {
    Sample sample() throws SQLException {
      return new Sample().add(Numbers.parse(value_text(0)));
    }
  }

  /** langfuse_percentile(numbers, rank) */
  private static final class Percentile extends OfNumbers {
    @Override
    protected void xFunc() throws SQLException {
      @Nullable Double value = sample().percentile(value_double(1));
      if (value == null) {
        result();
      } else {
        result(value.doubleValue());
      }
    }
  }

  /** langfuse_histogram(numbers, bins) */
  private static final class Histogram extends OfNumbers {
    @Override
    protected void xFunc() throws SQLException {
      @Nullable String bins = sample().histogram((int) value_double(1));
      if (bins == null) {
        result();
      } else {
        result(bins);
      }
    }
  }
}
