package io.langfuse4j.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.testing.Seeds;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FieldMapTest {

  private static final List<Function<Random, Function<Map<String, Object>, Object>>> STEPS =
      List.of(
          random -> putting(name(random), random.nextInt()),
          random -> putting(name(random), random.nextInt()),
          random -> putting(name(random), random.nextInt()),
          random -> removing(name(random)),
          random -> {
            String name = name(random);
            return map -> List.of(map.containsKey(name), String.valueOf(map.get(name)));
          },
          random -> {
            int removed = random.nextInt(7);
            return map -> map.values().removeIf(value -> value.hashCode() % 7 == removed);
          },
          random -> {
            int factor = random.nextInt(5);
            return map -> {
              map.replaceAll((name, value) -> name.length() * factor);
              return map.size();
            };
          },
          random -> {
            boolean clears = random.nextInt(20) == 0;
            return map -> {
              if (clears) {
                map.clear();
              }
              return map.isEmpty();
            };
          });

  private static String name(Random random) {
    return "name" + random.nextInt(40);
  }

  private static Function<Map<String, Object>, Object> putting(String name, Object value) {
    return map -> String.valueOf(map.put(name, value));
  }

  private static Function<Map<String, Object>, Object> removing(String name) {
    return map -> String.valueOf(map.remove(name));
  }

  static LongStream seeds() {
    return Seeds.of(300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void anySteps_behaveAsLinkedHashMap(long seed) {
    Random random = new Random(seed);
    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> fields = new FieldMap<>();
    for (int i = 0; i < 120; i++) {
      var step = STEPS.get(random.nextInt(STEPS.size())).apply(random);
      assertThat(step.apply(fields)).isEqualTo(step.apply(expected));
      assertThat(new ArrayList<>(fields.entrySet()))
          .isEqualTo(new ArrayList<>(expected.entrySet()));
      assertThat(fields).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(passing((FieldMap<Object>) fields)).isEqualTo(expected.toString());
    }
  }

  private static String passing(FieldMap<Object> fields) {
    List<String> entries = new ArrayList<>();
    Iterator<? extends Map.Entry<?, ?>> passing = fields.passing();
    while (passing.hasNext()) {
      Map.Entry<?, ?> entry = passing.next();
      entries.add(entry.getKey() + "=" + entry.getValue());
    }
    return "{" + String.join(", ", entries) + "}";
  }

  @Test
  void entries_outliveTheNext() {
    Map<String, Object> fields = new FieldMap<>();
    fields.put("a", 1);
    fields.put("b", 2);
    List<Map.Entry<String, Object>> entries = new ArrayList<>(fields.entrySet());

    entries.get(0).setValue(3);

    assertThat(entries).extracting(Map.Entry::getKey).containsExactly("a", "b");
    assertThat(fields).isEqualTo(Map.of("a", 3, "b", 2));
  }

  @Test
  void nextBeyondTheLast_isRefused() {
    Iterator<Map.Entry<String, Object>> none = new FieldMap<Object>().entrySet().iterator();

    assertThatThrownBy(none::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void encoded_looksAsLinkedHashMap() {
    ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);
    Map<String, Object> expected = new LinkedHashMap<>();
    Map<String, Object> fields = new FieldMap<>();
    for (int i = 0; i < 60; i++) {
      expected.put("name" + i, i % 2 == 0 ? i : List.of("x"));
      fields.put("name" + i, i % 2 == 0 ? i : List.of("x"));
      assertThat(encoder.encodeJson(fields)).isEqualTo(encoder.encodeJson(expected));
    }
  }
}
