package io.langfuse4j.server.store.sqlite.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one group, for percentiles and histograms. Once there are many, equal ones are
 * counted, so that it grows with the values that differ. Confined to one thread.
 */
public final class Sample {
  private static final int FEW = 16_384;
  private static final double[] NONE = {};

  /** As they came. */
  private double[] fresh = NONE;

  private int size;

  /** Ascending, each once. */
  private double[] values = NONE;

  /** How many there are up to each value. */
  private long[] ranks = {};

  public Sample add(double... numbers) {
    if (size + numbers.length > fresh.length) {
      fresh = Arrays.copyOf(fresh, Math.max(size + numbers.length, size + size / 2));
    }
    System.arraycopy(numbers, 0, fresh, size, numbers.length);
    size += numbers.length;
    if (size > Math.max(FEW, values.length)) {
      count();
    }
    return this;
  }

  /** Empties {@link #fresh} into the values that are counted. */
  private void count() {
    if (size == 0) {
      return;
    }
    Arrays.sort(fresh, 0, size);
    double[] merged = new double[values.length + size];
    long[] mergedRanks = new long[merged.length];
    int length = 0;
    int i = 0;
    int j = 0;
    while (i < values.length || j < size) {
      double least =
          j == size || i < values.length && Double.compare(values[i], fresh[j]) <= 0
              ? values[i]
              : fresh[j];
      while (i < values.length && Double.compare(values[i], least) == 0) {
        i++;
      }
      while (j < size && Double.compare(fresh[j], least) == 0) {
        j++;
      }
      merged[length] = least;
      mergedRanks[length++] = j + (i == 0 ? 0 : ranks[i - 1]);
    }
    values = Arrays.copyOf(merged, length);
    ranks = Arrays.copyOf(mergedRanks, length);
    fresh = NONE;
    size = 0;
  }

  public long size() {
    count();
    return ranks.length == 0 ? 0 : ranks[ranks.length - 1];
  }

  /** The value at a position, from 0 on, when all are sorted. */
  public double at(long position) {
    count();
    int found = Arrays.binarySearch(ranks, position + 1);
    return values[found < 0 ? -found - 1 : found];
  }

  /** The value at a rank from 0 to 1, between neighbours in proportion; null of none. */
  public @Nullable Double percentile(double rank) {
    if (size() == 0) {
      return null;
    }
    double position = rank * (size() - 1);
    long below = (long) Math.floor(position);
    long above = Math.min(below + 1, size() - 1);
    return at(below) + (at(above) - at(below)) * (position - below);
  }

  /** JSON list of [from, to, number] of equal widths; null of none. */
  public @Nullable String histogram(int most) {
    if (size() == 0) {
      return null;
    }
    double least = values[0];
    double greatest = values[values.length - 1];
    int bins = least == greatest ? 1 : Math.max(1, most);
    double width = (greatest - least) / bins;
    long[] numbers = new long[bins];
    for (int i = 0; i < values.length; i++) {
      int bin = width == 0 ? 0 : (int) ((values[i] - least) / width);
      numbers[Math.min(bin, bins - 1)] += ranks[i] - (i == 0 ? 0 : ranks[i - 1]);
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int bin = 0; bin < bins; bin++) {
      double upper = bin == bins - 1 ? greatest : least + width * (bin + 1);
      list.addArray().add(least + width * bin).add(upper).add(numbers[bin]);
    }
    return list.toString();
  }
}
