package io.langfuse4j.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.testing.Requirement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Random object graphs, cycles and failures included. The seed is the number of the repetition, so
 * a failure is repeated by running it again.
 */
@Requirement("R153")
class ContentEncoderPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOTES = 16 * 1024;

  @SuppressWarnings("unused") // Jackson reads them
  static final class Bean {
    public Object any;
    public String text;
    public Bean next;
    public final List<Object> list = new ArrayList<>();
    boolean failing;

    public Object getFailing() {
      if (failing) {
        throw new IllegalStateException();
      }
      return any;
    }
  }

  record Pair(Object left, Optional<Object> right, Instant at) {}

  @RepeatedTest(100)
  void anyGraph_isParseableAndWithinTheBudget(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    EncodingLimits limits =
        new EncodingLimits(
            1 + random.nextInt(20),
            1 + random.nextInt(50),
            1 + random.nextInt(2_000),
            100 + random.nextInt(50_000));
    ContentEncoder encoder = new ContentEncoder(limits);
    for (int i = 0; i < 3; i++) {
      Object value = new Graph(random).value(0);
      String json = encoder.encodeJson(value == null ? "null" : value);
      parse(json);
      assertThat(json.getBytes(StandardCharsets.UTF_8).length)
          .isLessThan(limits.maxBytes() + NOTES);
    }
  }

  private static void parse(String json) {
    try {
      JSON.readTree(json);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Makes values that refer to each other, back as well as down. */
  private static final class Graph {
    private final Random random;
    private final List<Object> made = new ArrayList<>();
    private int values;

    Graph(Random random) {
      this.random = random;
    }

    Object value(int depth) {
      if (++values > 400 || depth > 8 || random.nextInt(4) == 0) {
        return leaf();
      }
      if (!made.isEmpty() && random.nextInt(8) == 0) {
        return made.get(random.nextInt(made.size()));
      }
      return container(depth + 1);
    }

    private Object container(int depth) {
      int size = random.nextInt(6);
      switch (random.nextInt(8)) {
        case 0 -> {
          Map<Object, Object> map = new HashMap<>();
          made.add(map);
          for (int i = 0; i < size; i++) {
            map.put(leaf(), value(depth));
          }
          return map;
        }
        case 1 -> {
          Object[] array = new Object[size];
          made.add(array);
          for (int i = 0; i < size; i++) {
            array[i] = value(depth);
          }
          return array;
        }
        case 2 -> {
          ArrayDeque<Object> deque = new ArrayDeque<>();
          for (int i = 0; i < size; i++) {
            deque.add(Optional.ofNullable(value(depth)));
          }
          return deque;
        }
        case 3, 4 -> {
          Bean bean = new Bean();
          made.add(bean);
          bean.failing = random.nextInt(3) == 0;
          bean.any = value(depth);
          bean.text = text();
          bean.next = random.nextBoolean() ? bean : null;
          bean.list.add(value(depth));
          return bean;
        }
        case 5 -> {
          return new Pair(value(depth), Optional.ofNullable(value(depth)), Instant.EPOCH);
        }
        case 6 -> {
          ObjectNode node = JsonNodeFactory.instance.objectNode();
          ObjectNode at = node;
          for (int i = 0; i < random.nextInt(60); i++) {
            at.put(text(), text());
            at = at.putObject("d");
          }
          return node;
        }
        default -> {
          List<Object> list = new ArrayList<>();
          made.add(list);
          for (int i = 0; i < size * 5; i++) {
            list.add(value(depth));
          }
          return list;
        }
      }
    }

    private Object leaf() {
      return switch (random.nextInt(14)) {
        case 0 -> null;
        case 1 -> random.nextInt();
        case 2 -> random.nextLong();
        case 3 -> random.nextBoolean() ? Double.NaN : random.nextDouble();
        case 4 -> new BigDecimal(random.nextDouble());
        case 5 -> random.nextBoolean();
        case 6 -> Instant.ofEpochSecond(random.nextInt());
        case 7 -> new UUID(random.nextLong(), 0);
        case 8 -> new ByteArrayInputStream(new byte[1]);
        case 9 -> new AtomicReference<>(text());
        case 10 -> new IllegalStateException(text());
        default -> text();
      };
    }

    private String text() {
      int length = random.nextInt(50) == 0 ? random.nextInt(30_000) : random.nextInt(20);
      StringBuilder text = new StringBuilder(length);
      for (int i = 0; i < length; i++) {
        text.append(
            switch (random.nextInt(6)) {
              case 0 -> (char) random.nextInt(32);
              case 1 -> (char) (0xD800 + random.nextInt(0x800));
              case 2 -> '"';
              case 3 -> '漢';
              default -> (char) ('a' + random.nextInt(26));
            });
      }
      return text.toString();
    }
  }
}
