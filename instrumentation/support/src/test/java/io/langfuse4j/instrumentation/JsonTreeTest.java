package io.langfuse4j.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTreeTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  enum Color {
    RED
  }

  record Named(@JsonProperty("the_name") String name, @JsonProperty Object any) {}

  record Open(@JsonProperty String known, @JsonAnyGetter Map<String, Object> more) {}

  record Wrapped(@JsonValue Object value) {}

  record Raw(@JsonRawValue String json) {}

  @JsonSerialize(using = UnionSerializer.class)
  record Union(Object held) {}

  /** As generated libraries have it. */
  static final class UnionSerializer extends JsonSerializer<Union> {

    @Override
    public void serialize(Union union, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeObject(union.held());
    }
  }

  record Failing(@JsonIgnore String held) {

    @JsonProperty
    String text() {
      return Objects.requireNonNull(held, "no text");
    }
  }

  static List<Object> models() {
    Map<String, Object> nulls = new LinkedHashMap<>();
    nulls.put("a", null);
    nulls.put("b", new ArrayList<>(Arrays.asList(1, null, new LinkedHashMap<>(nulls))));
    Object deep = "end";
    for (int i = 0; i < 50; i++) {
      deep = i % 2 == 0 ? List.of(deep) : Map.of("deeper", deep);
    }
    return List.of(
        Map.of(),
        nulls,
        Map.of("deep", deep),
        new Named("n", List.of(new Named(null, Color.RED), true)),
        new Open("k", Map.of("extra", 1, "known", "twice")),
        new Wrapped(Map.of("x", new Wrapped("y"))),
        new Union(new Named("in a union", new Union(List.of(new Union("text"))))),
        Map.of("int", 1, "long", 1L << 40, "double", 0.25, "float", 0.5f, "short", (short) 3),
        Map.of("big", new BigInteger("123456789012345678901"), "exact", new BigDecimal("1.50")),
        Map.of("bytes", new byte[] {1, 2}, "chars", "ab".toCharArray(), "ints", new int[] {1, 2}),
        Map.of("node", JsonNodeFactory.instance.objectNode().put("x", 1).putNull("y")),
        Map.of("tags", List.of("a", "b"), "set", Map.of(1, "one")));
  }

  @ParameterizedTest
  @MethodSource("models")
  void model_isWhatConvertValueMakesOfIt_withoutNulls(Object model) {
    Map<String, Object> expected =
        Fields.withoutNulls(
            MAPPER.convertValue(model, new TypeReference<LinkedHashMap<String, Object>>() {}));

    Object tree = JsonTree.of(MAPPER, model);

    assertThat(tree).usingRecursiveComparison().isEqualTo(expected);
    assertThat(tree).asString().isEqualTo(text(expected, tree));
  }

  /** Arrays have a text of their own, which differs. */
  private static String text(Map<String, Object> expected, Object tree) {
    return expected.values().stream().anyMatch(byte[].class::isInstance)
        ? String.valueOf(tree)
        : expected.toString();
  }

  @Test
  void whatIsNoObject_isItself() {
    assertThat(JsonTree.of(MAPPER, null)).isNull();
    assertThat(JsonTree.of(MAPPER, "text")).isEqualTo("text");
    assertThat(JsonTree.of(MAPPER, new Wrapped(7L))).isEqualTo(7L);
    assertThat(JsonTree.of(MAPPER, Arrays.asList(1, null))).isEqualTo(Arrays.asList(1, null));
  }

  @Test
  void text_isNotCopied() {
    String text = new String("a prompt of some length");

    assertThat(Fields.map(JsonTree.of(MAPPER, new Named(text, null))).get("the_name"))
        .isSameAs(text);
  }

  @Test
  void rawJson_isKeptAsSuch() {
    assertThat(JsonTree.of(MAPPER, new Raw("{\"x\":1}")))
        .hasToString(
            MAPPER
                .convertValue(
                    new Raw("{\"x\":1}"), new TypeReference<LinkedHashMap<String, Object>>() {})
                .toString());
  }

  @Test
  void modelThatCannotBeWritten_isRefused() {
    assertThatThrownBy(() -> JsonTree.of(MAPPER, new Failing(null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no text");
  }
}
