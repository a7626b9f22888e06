package io.langfuse4j.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIdentityInfo;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.annotation.ObjectIdGenerators;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.testing.Requirement;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.hibernate.collection.spi.PersistentCollection;
import org.hibernate.proxy.HibernateProxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of values and their JSON, and everything that must not go wrong on the way. */
@Requirement("R153")
class ContentEncoderTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);

  private String json(Object value) {
    String text = encoder.encodeJson(value);
    parse(text);
    return text;
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + text.substring(0, Math.min(500, text.length())), e);
    }
  }

  enum Plain {
    ONE {
      @Override
      int number() {
        return 1;
      }
    };

    abstract int number();
  }

  enum WithValue {
    RED;

    @JsonValue
    public String code() {
      return "#f00";
    }
  }

  record Point(int x, int y) {}

  record Everything(
      String text,
      Instant at,
      LocalDate day,
      Duration took,
      Optional<String> maybe,
      Optional<String> not,
      BigDecimal price,
      long big,
      double ratio,
      Point point,
      UUID id,
      byte[] bytes,
      List<Instant> times) {}

  static Stream<Arguments> table() throws Exception {
    UUID uuid = UUID.fromString("00000000-0000-0001-0000-000000000002");
    Map<Object, Object> keys = new LinkedHashMap<>();
    keys.put(1, "int");
    keys.put(null, "null");
    keys.put(Plain.ONE, "enum");
    keys.put(Instant.EPOCH, "time");
    keys.put(uuid, "uuid");
    keys.put(List.of(1), "list");
    Map<String, Object> withNull = new LinkedHashMap<>();
    withNull.put("a", null);
    return Stream.of(
        arguments("a\"b\\c\n\u0000", "\"a\\\"b\\\\c\\n\\u0000\""),
        arguments(new StringBuilder("sb"), "\"sb\""),
        arguments('c', "\"c\""),
        arguments(true, "true"),
        arguments(1, "1"),
        arguments((short) 2, "2"),
        arguments((byte) 3, "3"),
        arguments(9_007_199_254_740_991L, "9007199254740991"),
        arguments(-9_007_199_254_740_991L, "-9007199254740991"),
        arguments(9_007_199_254_740_992L, "\"9007199254740992\""),
        arguments(Long.MIN_VALUE, "\"-9223372036854775808\""),
        arguments(new BigInteger("12345678901234567890"), "\"12345678901234567890\""),
        arguments(BigInteger.TEN, "10"),
        arguments(1.5, "1.5"),
        arguments(1.5f, "1.5"),
        arguments(Double.NaN, "\"NaN\""),
        arguments(Double.POSITIVE_INFINITY, "\"Infinity\""),
        arguments(Double.NEGATIVE_INFINITY, "\"-Infinity\""),
        arguments(Float.NaN, "\"NaN\""),
        arguments(new double[] {1, Double.NaN}, "[1.0,\"NaN\"]"),
        arguments(Set.of(Double.NaN), "[\"NaN\"]"),
        arguments(new BigDecimal("1.25"), "1.25"),
        arguments(new BigDecimal("0.1234567890123456789012345"), "\"0.1234567890123456789012345\""),
        arguments(new BigDecimal("1e400"), "\"1E+400\""),
        arguments(new AtomicInteger(4), "4"),
        arguments(new AtomicLong(5), "5"),
        arguments(Instant.parse("2024-01-01T00:00:00Z"), "\"2024-01-01T00:00:00Z\""),
        arguments(OffsetDateTime.parse("2024-01-01T05:30:00+05:30"), "\"2024-01-01T05:30+05:30\""),
        arguments(
            ZonedDateTime.parse("2024-01-01T00:00:01+01:00[Europe/Paris]"),
            "\"2024-01-01T00:00:01+01:00\""),
        arguments(new Date(0), "\"1970-01-01T00:00:00Z\""),
        arguments(LocalDateTime.parse("2024-01-01T10:00:01"), "\"2024-01-01T10:00:01\""),
        arguments(LocalDate.parse("2024-01-01"), "\"2024-01-01\""),
        arguments(LocalTime.parse("10:00:01"), "\"10:00:01\""),
        arguments(Duration.ofSeconds(90), "\"PT1M30S\""),
        arguments(Period.ofDays(3), "\"P3D\""),
        arguments(DayOfWeek.MONDAY, "\"MONDAY\""),
        arguments("utf8 é".getBytes(StandardCharsets.UTF_8), "\"utf8 é\""),
        arguments(new byte[] {(byte) 0xFF}, "\"<not serializable bytes>\""),
        arguments(ByteBuffer.wrap(new byte[] {'o', 'k'}), "\"ok\""),
        arguments(new char[] {'o', 'k'}, "\"ok\""),
        arguments(new IllegalStateException("boom"), "\"IllegalStateException: boom\""),
        arguments(new IllegalStateException(), "\"IllegalStateException\""),
        arguments(Plain.ONE, "\"ONE\""),
        arguments(WithValue.RED, "\"#f00\""),
        arguments(Optional.of(1), "1"),
        arguments(Optional.empty(), "null"),
        arguments(OptionalInt.of(2), "2"),
        arguments(new AtomicReference<>("held"), "\"held\""),
        arguments(uuid, "\"00000000-0000-0001-0000-000000000002\""),
        arguments(URI.create("http://a/b"), "\"http://a/b\""),
        arguments(Path.of("a", "b"), "\"a/b\""),
        arguments(new File("a"), "\"a\""),
        arguments(String.class, "\"java.lang.String\""),
        arguments(Locale.CANADA_FRENCH, "\"fr_CA\""),
        arguments(StandardCharsets.UTF_8, "\"UTF-8\""),
        arguments(new Point(1, 2), "{\"x\":1,\"y\":2}"),
        arguments(List.of(), "[]"),
        arguments(Map.of(), "{}"),
        arguments(withNull, "{\"a\":null}"),
        arguments(new ArrayDeque<>(List.of(1, 2)), "[1,2]"),
        arguments(new LinkedHashSet<>(List.of(1, 2)), "[1,2]"),
        arguments(new Object[] {1, "a", null}, "[1,\"a\",null]"),
        arguments(new int[][] {{1}, {2, 3}}, "[[1],[2,3]]"),
        arguments(new AbstractMap.SimpleEntry<>("k", 1), "{\"k\":1}"),
        arguments(
            keys,
            "{\"1\":\"int\",\"null\":\"null\",\"ONE\":\"enum\",\"1970-01-01T00:00:00Z\":\"time\","
                + "\"00000000-0000-0001-0000-000000000002\":\"uuid\",\"[1]\":\"list\"}"),
        arguments(
            JSON.readTree("{\"a\":[1,true,null,\"x\",1.5,12345678901234567890]}"),
            "{\"a\":[1,true,null,\"x\",1.5,\"12345678901234567890\"]}"));
  }

  @ParameterizedTest
  @MethodSource("table")
  void encodeJson_eachKindOfValue_isAsInTheTable(Object value, String json) {
    assertThat(json(value)).isEqualTo(json);
  }

  @Test
  void encode_recordOfEverything_bringsEachComponentByTheTable() {
    Everything value =
        new Everything(
            "t",
            Instant.EPOCH,
            LocalDate.EPOCH,
            Duration.ofMillis(1),
            Optional.of("m"),
            Optional.empty(),
            new BigDecimal("0.10"),
            Long.MAX_VALUE,
            Double.NaN,
            new Point(1, 2),
            new UUID(0, 1),
            "b".getBytes(StandardCharsets.UTF_8),
            List.of(Instant.EPOCH));

    assertThat(json(value))
        .isEqualTo(
            "{\"text\":\"t\",\"at\":\"1970-01-01T00:00:00Z\",\"day\":\"1970-01-01\","
                + "\"took\":\"PT0.001S\",\"maybe\":\"m\",\"not\":null,\"price\":0.10,"
                + "\"big\":\"9223372036854775807\",\"ratio\":\"NaN\",\"point\":{\"x\":1,\"y\":2},"
                + "\"id\":\"00000000-0000-0000-0000-000000000001\",\"bytes\":\"b\","
                + "\"times\":[\"1970-01-01T00:00:00Z\"]}");
  }

  @Test
  void encode_plainStrings_areUntouched() {
    assertThat(encoder.encode(null)).isNull();
    assertThat(encoder.encode("")).isEmpty();
    assertThat(encoder.encode("{\"a\":1}")).isEqualTo("{\"a\":1}");
    assertThat(encoder.encode("nul\u0000 \uD83D\uDE00")).isEqualTo("nul\u0000 \uD83D\uDE00");
  }

  // Annotations.

  @JsonInclude(JsonInclude.Include.NON_NULL)
  static final class Annotated {
    @JsonProperty("renamed")
    public final String original = "value";

    @JsonIgnore public final String secret = "secret";
    public final String absent = null;

    @JsonFormat(shape = JsonFormat.Shape.STRING)
    public final int number = 7;

    @JsonSerialize(using = Shouting.class)
    public final String shouted = "loud";

    @JsonSerialize(using = WritingObjects.class)
    public final Point delegated = new Point(1, 2);

    @JsonFormat(pattern = "yyyy")
    public final LocalDate day = LocalDate.EPOCH;

    @JsonAnyGetter
    public Map<String, Object> more() {
      return Map.of("extra", "more");
    }
  }

  static final class Shouting extends JsonSerializer<String> {
    @Override
    public void serialize(String text, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(text.toUpperCase(Locale.ROOT));
    }
  }

  static final class WritingObjects extends JsonSerializer<Point> {
    @Override
    public void serialize(Point point, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeObjectField("at", Instant.EPOCH);
      out.writePOJOField("list", List.of(point.x()));
      out.writeEndObject();
    }
  }

  @Test
  void encode_jacksonAnnotations_areObeyed() {
    assertThat(parse(json(new Annotated())))
        .isEqualTo(
            parse(
                "{\"renamed\":\"value\",\"number\":\"7\",\"shouted\":\"LOUD\","
                    + "\"delegated\":{\"at\":\"1970-01-01T00:00:00Z\",\"list\":[1]},"
                    + "\"day\":\"1970-01-01\",\"extra\":\"more\"}"));
  }

  @JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "type")
  static class Shape {
    public List<Shape> parts = new ArrayList<>();
  }

  static final class Circle extends Shape {
    public Instant drawn = Instant.EPOCH;
  }

  @Test
  void encode_polymorphicTypes_carryTheirType() {
    Shape shape = new Shape();
    shape.parts.add(new Circle());

    assertThat(parse(json(shape)).at("/parts/0/type").asText()).contains("Circle");
    assertThat(parse(json(shape)).at("/parts/0/drawn").asText()).isEqualTo("1970-01-01T00:00:00Z");
  }

  @JsonIdentityInfo(generator = ObjectIdGenerators.IntSequenceGenerator.class)
  static final class Identified {
    public String name = "n";
    public Identified self = this;
  }

  @Test
  void encode_objectsWithIds_areWrittenInFullEachTime() {
    Identified value = new Identified();

    String first = json(value);
    assertThat(first).contains("\"name\":\"n\"");
    assertThat(json(value)).isEqualTo(first);
  }

  record Wrapper(@JsonValue Object value) {}

  @Test
  void encode_jsonValue_isBoundedToo() {
    assertThat(json(new Wrapper(Map.of("at", Instant.EPOCH))))
        .isEqualTo("{\"at\":\"1970-01-01T00:00:00Z\"}");
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", new Wrapper(cyclic));
    assertThat(json(cyclic)).isEqualTo("{\"self\":\"<HashMap>\"}");
  }

  // Values that fail.

  @SuppressWarnings({"unused", "InfiniteRecursion"}) // Jackson calls them
  static final class Failing {
    public String getBefore() {
      return "kept";
    }

    public String getFailing() {
      throw new IllegalStateException("lazy");
    }

    public Optional<String> getMissingClass() {
      throw new NoClassDefFoundError("gone");
    }

    public String getRecursive() {
      return getRecursive();
    }

    public int getZ() {
      return 1;
    }
  }

  @Test
  void encode_gettersThatThrow_costTheirOwnPropertyOnly() {
    assertThat(parse(json(List.of(new Failing(), "neighbour"))))
        .isEqualTo(
            parse(
                "[{\"before\":\"kept\",\"failing\":\"<String: IllegalStateException>\","
                    + "\"missingClass\":\"<Optional: NoClassDefFoundError>\","
                    + "\"recursive\":\"<String: StackOverflowError>\",\"z\":1},\"neighbour\"]"));
  }

  static final class FailingSerializer extends JsonSerializer<Object> {
    @Override
    public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeStartObject();
      out.writeFieldName("half");
      throw new IOException("disk");
    }
  }

  static final class WithFailingSerializer {
    public String before = "kept";

    @JsonSerialize(using = FailingSerializer.class)
    public Object broken = new Object();

    public String z = "kept too";
  }

  @Test
  void encode_serializerThatFailsHalfWay_costsItsOwnPropertyOnly() {
    assertThat(json(new WithFailingSerializer()))
        .isEqualTo(
            "{\"before\":\"kept\",\"broken\":{\"half\":\"<Object: IOException>\"},"
                + "\"z\":\"kept too\"}");
  }

  @Test
  void encode_toStringOrKeysThatThrow_leaveAMarker() {
    CharSequence rude =
        new CharSequence() {
          @Override
          public int length() {
            return 1;
          }

          @Override
          public char charAt(int index) {
            throw new IllegalStateException();
          }

          @Override
          public CharSequence subSequence(int start, int end) {
            throw new IllegalStateException();
          }

          @Override
          public String toString() {
            throw new IllegalStateException();
          }
        };

    assertThat(json(List.of(rude, 1))).contains("IllegalStateException").endsWith(",1]");
    assertThat(json(Map.of(rude, 1))).contains("IllegalStateException").endsWith(":1}");
  }

  @Test
  void encode_collectionsThatThrowWhileIterating_keepWhatCame() {
    Iterable<Integer> failing =
        () ->
            new Iterator<>() {
              private int next;

              @Override
              public boolean hasNext() {
                return true;
              }

              @Override
              public Integer next() {
                if (next == 2) {
                  throw new IllegalStateException();
                }
                return next++;
              }
            };
    class Failures implements Iterable<Integer> {
      @Override
      public Iterator<Integer> iterator() {
        return failing.iterator();
      }
    }

    assertThat(json(Map.of("a", new Failures())))
        .isEqualTo("{\"a\":[0,1,\"<Failures: IllegalStateException>\"]}");
  }

  @Test
  void encode_mapModifiedMeanwhile_isStillJson() throws Exception {
    Map<String, Integer> shared = new HashMap<>();
    for (int i = 0; i < 100; i++) {
      shared.put("k" + i, i);
    }
    boolean[] stop = new boolean[1];
    Thread writer =
        new Thread(
            () -> {
              for (int i = 0; !stop[0] && i < 2_000_000; i++) {
                shared.put("w" + i % 500, i);
                shared.remove("w" + (i + 250) % 500);
              }
            });
    writer.start();
    for (int i = 0; i < 300; i++) {
      json(List.of("before", shared, "after"));
    }
    stop[0] = true;
    writer.join();
  }

  @Test
  void encode_loneSurrogates_becomeReplacementCharacters() {
    Map<String, String> value = new LinkedHashMap<>();
    value.put("a\uD800", "x\uDC00y");
    value.put("good", "\uD83D\uDE00");

    assertThat(json(value)).isEqualTo("{\"a\uFFFD\":\"x\uFFFDy\",\"good\":\"\uD83D\uDE00\"}");
    assertThat(json(List.of("fine again"))).isEqualTo("[\"fine again\"]");
  }

  // Values that must not be touched.

  @Test
  void encode_opaqueValues_areNamedAndNotConsumed() throws Exception {
    ByteArrayInputStream stream = new ByteArrayInputStream(new byte[] {1, 2});
    Iterator<String> iterator = List.of("a").iterator();
    Stream<String> values = Stream.of("a");
    Runnable lambda = () -> {};
    List<?> proxy =
        (List<?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {List.class},
                (p, method, arguments) -> {
                  throw new AssertionError("the proxy was called");
                });
    Map<?, ?> mapProxy =
        (Map<?, ?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Map.class},
                (p, method, arguments) -> {
                  throw new AssertionError("the proxy was called");
                });

    assertThat(json(new Object[] {stream, iterator, values, new CompletableFuture<>()}))
        .isEqualTo(
            "[\"<ByteArrayInputStream>\",\"<"
                + iterator.getClass().getSimpleName()
                + ">\",\"<Head>\",\"<CompletableFuture>\"]");
    assertThat(json(new Object[] {Thread.currentThread(), new ReentrantLock(), new Object()}))
        .isEqualTo("[\"<Thread>\",\"<ReentrantLock>\",\"<Object>\"]");
    assertThat(json(new Object[] {lambda, proxy, mapProxy}))
        .matches("\\[\"<.*>\",\"<.*>\",\"<.*>\"]");
    assertThat(stream.available()).isEqualTo(2);
    assertThat(iterator.hasNext()).isTrue();
    assertThat(values.toList()).containsExactly("a");
  }

  static class Entity {
    public String name = "loaded";
  }

  static final class EntityProxy extends Entity implements HibernateProxy {
    @SuppressWarnings("unused") // Jackson would call it
    public String getLazy() {
      throw new AssertionError("the entity was loaded");
    }
  }

  static class LazyList extends ArrayList<String> implements PersistentCollection {
    private final boolean initialized;

    LazyList(boolean initialized) {
      this.initialized = initialized;
      add("element");
    }

    @Override
    public boolean wasInitialized() {
      return initialized;
    }

    @Override
    public Iterator<String> iterator() {
      return check(super.iterator());
    }

    @Override
    public String get(int index) {
      return check(super.get(index));
    }

    @Override
    public int size() {
      return check(super.size());
    }

    private <T> T check(T value) {
      if (!initialized) {
        throw new AssertionError("the collection was loaded");
      }
      return value;
    }
  }

  static final class LazyMap extends HashMap<String, String> implements PersistentCollection {
    @Override
    public boolean wasInitialized() {
      return false;
    }

    @Override
    public Set<Map.Entry<String, String>> entrySet() {
      throw new AssertionError("the map was loaded");
    }
  }

  @Test
  void encode_lazyEntitiesAndCollections_areNeverLoaded() {
    record Order(Object customer, List<String> lines, Map<String, String> notes) {}

    assertThat(json(new Order(new EntityProxy(), new LazyList(false), new LazyMap())))
        .isEqualTo(
            "{\"customer\":\"<EntityProxy>\",\"lines\":\"<LazyList>\",\"notes\":\"<LazyMap>\"}");
    assertThat(json(new LazyMap())).isEqualTo("\"<LazyMap>\"");
    assertThat(json(new LazyList(true))).isEqualTo("[\"element\"]");
  }

  // Bounds.

  static final class Node {
    public String name;
    public Node next;
    public List<Node> children = new ArrayList<>();

    Node(String name) {
      this.name = name;
    }
  }

  @Test
  void encode_cycles_endInTheNameOfTheClass() {
    Node a = new Node("a");
    Node b = new Node("b");
    a.next = b;
    b.next = a;
    b.children.add(b);
    List<Object> list = new ArrayList<>();
    list.add(list);
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("self", map);
    Object[] array = new Object[1];
    array[0] = array;

    assertThat(json(a))
        .isEqualTo(
            "{\"name\":\"a\",\"next\":{\"name\":\"b\",\"next\":\"<Node>\","
                + "\"children\":[\"<Node>\"]},\"children\":[]}");
    assertThat(json(list)).isEqualTo("[\"<ArrayList>\"]");
    assertThat(json(map)).isEqualTo("{\"self\":\"<LinkedHashMap>\"}");
    assertThat(json(array)).isEqualTo("[\"<Object[]>\"]");
  }

  @Test
  void encode_sameObjectTwiceSideBySide_isNoCycle() {
    List<Integer> shared = List.of(1);
    assertThat(json(List.of(shared, shared))).isEqualTo("[[1],[1]]");
  }

  @Test
  void encode_depth_stopsAtTwenty() {
    Object list = "core";
    Node node = new Node("core");
    for (int i = 0; i < 50; i++) {
      list = new ArrayList<>(List.of(list));
      Node outer = new Node("n" + i);
      outer.next = node;
      node = outer;
    }

    assertThat(json(list)).isEqualTo("[".repeat(20) + "\"<ArrayList>\"" + "]".repeat(20));
    assertThat(json(node)).contains("\"next\":\"<Node>\"").doesNotContain("core");
  }

  @Test
  void encode_tenThousandDeepTree_isJson() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode at = root;
    for (int i = 0; i < 10_000; i++) {
      at = at.putObject("d");
    }

    assertThat(json(root)).startsWith("{\"d\":{").contains("<ObjectNode>").hasSizeLessThan(500);
    assertThat(json(Map.of("tree", root, "a", 1))).contains("\"a\":1");
  }

  record AnyGetter(@JsonAnyGetter Map<String, Object> any) {}

  @Test
  void encode_jacksonOnItsOwn_isStoppedToo() {
    Map<String, Object> cyclic = new HashMap<>();
    cyclic.put("self", cyclic);

    json(List.of(new AnyGetter(cyclic), "neighbour"));
    assertThat(json(List.of(new AnyGetter(Map.of("long", "x".repeat(20_000_000))), "neighbour")))
        .contains("characters not recorded");
  }

  @Test
  void encode_breadth_countsWhatIsLeftOut() {
    List<Integer> wide = Collections.nCopies(10_005, 1);
    Map<String, Integer> wideMap = new LinkedHashMap<>();
    for (int i = 0; i < 10_005; i++) {
      wideMap.put("k" + i, i);
    }

    JsonNode list = parse(json(wide));
    assertThat(list.size()).isEqualTo(10_001);
    assertThat(list.get(10_000).asText()).isEqualTo("<5 more elements not recorded>");
    assertThat(parse(json(new int[10_005])).get(10_000).asText())
        .isEqualTo("<5 more elements not recorded>");
    JsonNode map = parse(json(wideMap));
    assertThat(map.size()).isEqualTo(10_001);
    assertThat(map.get("<truncated>").asText()).isEqualTo("<5 more entries not recorded>");
    record Holder(String[] names) {}
    assertThat(parse(json(new Holder(new String[10_005]))).at("/names/10000").asText())
        .isEqualTo("<5 more elements not recorded>");
  }

  @Test
  void encode_nodeBudget_endsAValueThatReferencesHalfTheApplication() {
    ContentEncoder small = new ContentEncoder(new EncodingLimits(20, 10_000, 1_000, 1 << 20));
    Object value = List.of("leaf");
    for (int i = 0; i < 12; i++) {
      value = List.of(value, value, value, value);
    }

    String text = small.encodeJson(value);
    parse(text);
    assertThat(text.length()).isLessThan(60_000);
  }

  @Test
  void encode_hugeStrings_areCutWithANote() {
    String huge = "x".repeat(50_000_000);
    int max = EncodingLimits.DEFAULT.maxBytes();

    String plain = encoder.encode(huge);
    assertThat(plain)
        .hasSizeBetween(max, max + 100)
        .endsWith("<truncated: 33,222,784 of 50,000,000 characters not recorded>");
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("before", 1);
    map.put("huge", huge);
    map.put("after", 2);
    JsonNode nested = parse(json(map));
    assertThat(nested.get("before").asInt()).isEqualTo(1);
    assertThat(nested.get("huge").asText())
        .hasSizeBetween(max - 100, max + 100)
        .endsWith("characters not recorded>");
    record Message(String role, String content) {}
    JsonNode bean = parse(json(List.of(new Message("user", huge), new Message("x", "y"))));
    assertThat(bean.at("/0/role").asText()).isEqualTo("user");
    assertThat(bean.at("/0/content").asText()).endsWith("characters not recorded>");
    assertThat(json(Map.of(huge, 1))).hasSizeLessThan(11_000).endsWith("not recorded>\":1}");
  }

  @Test
  void encode_textThatGrowsWhenEncoded_isCutNotLost() {
    ContentEncoder small = new ContentEncoder(new EncodingLimits(20, 10_000, 1_000, 600_000));
    for (String unit : List.of("漢", "\u0001", "\"", "\uD83D\uDE00", "é")) {
      String text = unit.repeat(400_000);
      String nested = small.encodeJson(Map.of("text", text));
      assertThat(parse(nested).get("text").asText()).startsWith(unit + unit);
      assertThat(nested.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(600_200);
      assertThat(small.encode(text).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(600_200);
    }
  }

  @Test
  void encode_afterAFailure_theNextValueIsFine() {
    json(new WithFailingSerializer());
    json(List.of("\uD800"));
    assertThat(json(List.of(1))).isEqualTo("[1]");
  }

  @Test
  void encode_entryWithALongKey_isBoundedToo() {
    Object entry = new AbstractMap.SimpleEntry<>("k".repeat(100_000), "value");

    assertThat(encoder.encode(entry)).hasSizeLessThan(11_000).contains("characters not recorded");
  }

  @Test
  void encode_fromManyThreads_neverMixesValues() {
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int t = 0; t < 8; t++) {
      int thread = t;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                for (int i = 0; i < 2_000; i++) {
                  Point point = new Point(thread, i);
                  assertThat(encoder.encodeJson(Arrays.asList(point, point)))
                      .isEqualTo(
                          "[{\"x\":%1$d,\"y\":%2$d},{\"x\":%1$d,\"y\":%2$d}]".formatted(thread, i));
                }
              }));
    }
    threads.forEach(CompletableFuture::join);
  }
}
