package io.langfuse4j.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonPathTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static Object json(String text) throws JsonProcessingException {
    return JSON.readValue(text, Object.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$                      | 1                              | `X`",
        "$['a']                 | {\"a\":1}                      | {\"a\":\"X\"}",
        "$['a b']               | {\"a b\":1}                    | {\"a b\":\"X\"}",
        "$['it's']              | {\"it's\":1}                   | {\"it's\":\"X\"}",
        "$['say \"hi\"']        | {\"say \\\"hi\\\"\":1}         | {\"say \\\"hi\\\"\":\"X\"}",
        "$['a[0]']              | {\"a[0]\":1}                   | {\"a[0]\":\"X\"}",
        "$['a.b']               | {\"a.b\":1}                    | {\"a.b\":\"X\"}",
        "$[0]                   | [1]                            | [\"X\"]",
        "$[1]                   | [1,2,3]                        | [1,\"X\",3]",
        "$['a']['b']            | {\"a\":{\"b\":1}}              | {\"a\":{\"b\":\"X\"}}",
        "$[0]['a']              | [{\"a\":1}]                    | [{\"a\":\"X\"}]",
        "$[0][1]                | [[1,2]]                        | [[1,\"X\"]]",
        "$[0][0][0]             | [[[1]]]                        | [[[\"X\"]]]",
        "$['a'][0][1]           | {\"a\":[[1,2]]}                | {\"a\":[[1,\"X\"]]}",
        "$[0]['a'][0]           | [{\"a\":[1]}]                  | [{\"a\":[\"X\"]}]",
        "$['a'][1]['b']['c'][0] | {\"a\":[0,{\"b\":{\"c\":[1]}}]} | {\"a\":[0,{\"b\":{\"c\":[\"X\"]}}]}",
        "$['a']                 | {\"a\":1,\"b\":2}              | {\"a\":\"X\",\"b\":2}"
      })
  void set_replacesWhatIsThere(String path, String before, String after) throws Exception {
    Object root = json(before);

    Object set = JsonPath.parse(path).set(root, "X");

    assertThat(set).isEqualTo(after.equals("X") ? "X" : json(after));
    assertThat(root).as("what was given").isEqualTo(json(before));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "$[0]      | {\"0\":1}",
        "$['0']    | [1]",
        "$['x']    | {\"a\":1}",
        "$[1]      | [1]",
        "$['a']['] | {\"a\":1}",
        "$['k']'] | {\"k']\":1}",
        "['a']     | {\"a\":1}",
        "$['a'     | {\"a\":1}",
        "$[a]      | {\"a\":1}",
        "$.a       | {\"a\":1}",
        "$[-1]     | [1]"
      })
  void set_withoutSuchAPlace_isRefused(String path, String before) throws Exception {
    Object root = json(before);

    assertThatThrownBy(() -> JsonPath.parse(path).set(root, "X"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void segments_areKeysAndIndicesInOrder() {
    assertThat(JsonPath.parse("$['a'][12]['b c']").segments()).containsExactly("a", 12, "b c");
    assertThat(JsonPath.parse("$").segments()).isEmpty();
  }
}
