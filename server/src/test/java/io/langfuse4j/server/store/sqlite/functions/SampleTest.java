package io.langfuse4j.server.store.sqlite.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SampleTest {
  private final Random random = new Random(4);

  private static void assertSortedAlike(IntToDoubleFunction value, int number) {
    double[] values = IntStream.range(0, number).mapToDouble(value).toArray();
    Sample sample = new Sample();
    for (int from = 0; from < number; from += 7_000) {
      sample.add(Arrays.copyOfRange(values, from, Math.min(number, from + 7_000)));
    }
    Arrays.sort(values);

    assertThat(sample.size()).isEqualTo(number);
    for (int i = 0; i < number; i++) {
      assertThat(sample.at(i)).isEqualTo(values[i]);
    }
  }

  @Test
  void at_fewEqualValuesOfMany_isAsSorted() {
    assertSortedAlike(i -> random.nextInt(500), 100_000);
  }

  @Test
  void at_manyDifferentValues_isAsSorted() {
    assertSortedAlike(i -> random.nextGaussian(), 100_000);
  }

  @Test
  void at_fewValues_isAsSorted() {
    assertSortedAlike(i -> random.nextInt(5) - 2, 30);
  }

  @Test
  void percentileAndHistogram_ofNothing_areNull() {
    Sample sample = new Sample().add();

    assertThat(sample.percentile(0.5)).isNull();
    assertThat(sample.histogram(5)).isNull();
  }

  @Test
  void percentile_betweenValues_liesBetweenInProportion() {
    assertThat(new Sample().add(30, 10, 10, 20).percentile(0.75)).isEqualTo(22.5);
  }

  @Test
  void histogram_ofOneValue_hasOneBin() {
    assertThat(new Sample().add(5, 5, 5).histogram(10)).isEqualTo("[[5.0,5.0,3]]");
  }
}
