package io.langfuse4j.server.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        " false\n",
        "\tnull",
        "0",
        "-1.5e3",
        "\"text\"",
        " {\"a\":[]} ",
        "[null,true]"
      })
  void documents_mayBeSome_andAre(String text) {
    assertThat(Json.mayBeDocument(text)).isTrue();
    assertThat(Json.parse(text)).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "the answer",
        "falsehood",
        "nullable",
        "null and void",
        "None",
        "NaN",
        "+1",
        "'a'"
      })
  void prose_isNotEvenTried(String text) {
    assertThat(Json.mayBeDocument(text)).isFalse();
    assertThat(Json.parse(text)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "12 apples", "\"open", "- a list", "{} {}"})
  void whatOnlyBeginsLikeADocument_isNone(String text) {
    assertThat(Json.mayBeDocument(text)).isTrue();
    assertThat(Json.parse(text)).isNull();
  }
}
