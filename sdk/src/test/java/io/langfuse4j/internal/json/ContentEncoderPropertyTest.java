package io.langfuse4j.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.testing.Requirement;
import io.langfuse4j.testing.Seeds;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random object graphs, cycles and failures included; {@link Seeds} tells how one is repeated. */
@Requirement("R153")
class ContentEncoderPropertyTest {

  private static final ObjectMapper STRICT =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** For the notes that say what is missing, and a name that is being written. */
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

  /** What libraries hand over when they are used wrongly, or from two threads at once. */
  private static final class FailingList extends AbstractList<Object> {
    private final int failsAt;

    FailingList(int failsAt) {
      this.failsAt = failsAt;
    }

    @Override
    public Object get(int index) {
      if (index == failsAt) {
        throw new ConcurrentModificationException();
      }
      return index;
    }

    @Override
    public int size() {
      return 6;
    }
  }

  private static final class FailingText {
    @Override
    public String toString() {
      throw new StackOverflowError();
    }
  }

  private enum Colour {
    RED {
      @Override
      public String toString() {
        return "\ud800 \"";
      }
    },
    BLUE
  }

  record Pair(Object left, Optional<Object> right, Instant at) {}

  static LongStream seeds() {
    return Seeds.of(200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyGraph_isParseableAndWithinTheBudget(long seed) {
    Random random = new Random(seed);
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
      STRICT.readTree(json);
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
      switch (random.nextInt(12)) {
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
        case 7 -> {
          return new FailingList(random.nextInt(8));
        }
        case 8 -> {
          List<Object> list = new LinkedList<>();
          made.add(list);
          list.add(value(depth));
          return Collections.unmodifiableCollection(list);
        }
        case 9 -> {
          Iterable<Object> endless = () -> Stream.generate(() -> (Object) "again").iterator();
          return endless;
        }
        case 10 -> {
          AtomicReference<Object> holder = new AtomicReference<>();
          made.add(holder);
          holder.set(value(depth));
          return new AbstractMap.SimpleEntry<>(leaf(), holder);
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
      return switch (random.nextInt(28)) {
        case 0 -> null;
        case 1 -> random.nextInt();
        case 2 -> random.nextLong();
        case 3 -> random.nextBoolean() ? Double.NaN : random.nextDouble();
        case 11 -> Float.NEGATIVE_INFINITY;
        case 12 -> new BigInteger(200, random);
        case 13 -> bytes();
        case 14 -> ByteBuffer.wrap(bytes());
        case 15 -> text().toCharArray();
        case 16 -> new double[] {Double.NaN, random.nextDouble()};
        case 17 -> new int[random.nextInt(100)];
        case 18 -> List.of(1).iterator();
        case 19 -> Stream.of(1);
        case 20 -> Optional.of(text());
        case 21 -> Colour.values()[random.nextInt(2)];
        case 22 -> new FailingText();
        case 23 -> (Runnable) () -> {};
        case 24 -> new StringBuilder(text());
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

    private byte[] bytes() {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      return bytes;
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
