package io.langfuse4j.server.store.sqlite.metrics;

import io.langfuse4j.server.store.MetricsQuery.Aggregation;
import io.langfuse4j.server.store.sqlite.functions.Numbers;
import io.langfuse4j.server.store.sqlite.functions.Sample;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * One measure of one group, put together from what parts of its rows come to. The result is what
 * SQLite would make of all rows. Confined to one thread.
 */
abstract class Figure {
  /** Takes in a part's value, as {@link #read} gave it. */
  abstract void add(@Nullable Object part);

  /** Null of no values. */
  abstract @Nullable Object value();

  /** The SQL of a part's value. */
  static String part(Aggregation aggregation, String values) {
    return switch (aggregation) {
      case COUNT -> "count(" + values + ")";
      case SUM -> "sum(" + values + ")";
      case AVG -> "total(" + values + "), count(" + values + ")";
      case MAX -> "max(" + values + ")";
      case MIN -> "min(" + values + ")";
      case P50, P75, P90, P95, P99, HISTOGRAM -> Numbers.gathered(values);
      case UNIQ -> "count(DISTINCT " + values + ")";
    };
  }

  /** How many columns {@link #part} has. */
  static int width(Aggregation aggregation) {
    return aggregation == Aggregation.AVG ? 2 : 1;
  }

  /** A part's value, in any thread. */
  static @Nullable Object read(Aggregation aggregation, ResultSet row, int column)
      throws SQLException {
    return switch (aggregation) {
      case COUNT, SUM, MAX, MIN, UNIQ -> row.getObject(column);
      case AVG -> new double[] {row.getDouble(column), row.getDouble(column + 1)};
      case P50, P75, P90, P95, P99, HISTOGRAM -> Numbers.sorted(row.getString(column));
    };
  }

  static Figure of(Aggregation aggregation, int bins) {
    return switch (aggregation) {
      case COUNT, SUM, UNIQ -> new Sum();
      case AVG -> new Average();
      case MAX -> new Extreme(1);
      case MIN -> new Extreme(-1);
      case P50 -> new Percentile(0.5);
      case P75 -> new Percentile(0.75);
      case P90 -> new Percentile(0.9);
      case P95 -> new Percentile(0.95);
      case P99 -> new Percentile(0.99);
      case HISTOGRAM -> new Histogram(bins);
    };
  }

  /** Whole as long as all values are. */
  private static final class Sum extends Figure {
    private final Total real = new Total();
    private long whole;
    private boolean any;
    private boolean anyReal;

    @Override
    void add(@Nullable Object part) {
      if (part instanceof Number number) {
        any = true;
        if (part instanceof Double || part instanceof Float) {
          anyReal = true;
          real.add(number.doubleValue());
        } else {
          whole = Math.addExact(whole, number.longValue());
        }
      }
    }

    @Override
    @Nullable Object value() {
      if (!any) {
        return null;
      }
      if (anyReal) {
        real.add((double) whole);
        whole = 0;
        return real.value();
      }
      return SqliteValues.narrow(whole);
    }
  }

  private static final class Average extends Figure {
    private final Total sum = new Total();
    private double count;

    @Override
    void add(@Nullable Object part) {
      if (part instanceof double[] sumAndCount) {
        sum.add(sumAndCount[0]);
        count += sumAndCount[1];
      }
    }

    @Override
    @Nullable Object value() {
      return count == 0 ? null : (Object) (sum.value() / count);
    }
  }

  private static final class Extreme extends Figure {
    private final int sign;
    private @Nullable Object best;

    Extreme(int sign) {
      this.sign = sign;
    }

    @Override
    void add(@Nullable Object part) {
      if (part != null && (best == null || SqliteValues.compare(part, best) * sign > 0)) {
        best = part;
      }
    }

    @Override
    @Nullable Object value() {
      return best;
    }
  }

  private abstract static class OfSample extends Figure {
    final Sample sample = new Sample();

    @Override
    void add(@Nullable Object part) {
      if (part instanceof double[] values) {
        sample.add(values);
      }
    }
  }

  private static final class Percentile extends OfSample {
    private final double rank;

    Percentile(double rank) {
      this.rank = rank;
    }

    @Override
    @Nullable Object value() {
      return sample.percentile(rank);
    }
  }

  private static final class Histogram extends OfSample {
    private final int bins;

    Histogram(int bins) {
      this.bins = bins;
    }

    @Override
    @Nullable Object value() {
      return sample.histogram(bins);
    }
  }

  /** A sum of doubles that keeps what rounding loses, as SQLite's own does (Neumaier). */
  private static final class Total {
    private double sum;
    private double lost;

    void add(double value) {
      double next = sum + value;
      lost += Math.abs(sum) >= Math.abs(value) ? (sum - next) + value : (value - next) + sum;
      sum = next;
    }

    double value() {
      return Double.isFinite(lost) ? sum + lost : sum;
    }
  }
}
