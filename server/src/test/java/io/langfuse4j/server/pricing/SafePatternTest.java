package io.langfuse4j.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafePatternTest {
  private static boolean found(String regex, String text) {
    SafePattern pattern = SafePattern.of(regex, true);
    return pattern != null && pattern.isFoundIn(text);
  }

  @ParameterizedTest
  @CsvSource({
    "(?i)^gpt-4o$, GPT-4o, true",
    "gpt, my-gpt-4, true",
    "^gpt$, my-gpt-4, false",
    "^m[[:digit:]]+$, m12, true",
    "^m[[:digit:]]+$, md:, false",
    "\\mllama\\M, x llama y, true",
    "\\mllama\\M, xllama, false"
  })
  void isFoundIn_searches(String regex, String text, boolean expected) {
    assertThat(found(regex, text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "[", "*", "a{2,1}", "(?<n>a)(?<n>b)"})
  void of_invalid_isNull(String regex) {
    assertThat(SafePattern.of(regex, true)).isNull();
  }

  @Test
  void of_veryDeepOrLong_isNull() {
    assertThat(SafePattern.of("(".repeat(200_000), true)).isNull();
    assertThat(SafePattern.of("a".repeat(20_000), true)).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "^(a+)+$",
        "^(a|aa)+$",
        "^(a|a)*$",
        "(.*)*(.*)*b$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "(x*)*y"
      })
  void isFoundIn_catastrophic_givesUp(String regex) {
    String text = "a".repeat(999) + "!";

    assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(found(regex, text)).isFalse());
  }
}
