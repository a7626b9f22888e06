package io.langfuse4j.internal.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Base64TextTest {

  private static final int LENGTH = 32;

  @Test
  void runOfTheLength_isFoundWhereverItStands() {
    for (int before = 0; before < 100; before++) {
      for (int after = 0; after < 20; after++) {
        String text = "\"".repeat(before) + "aZ09+/-_".repeat(LENGTH / 8) + " ".repeat(after);
        assertThat(Base64Text.mayHaveRun(text, LENGTH)).as(text).isTrue();
      }
    }
  }

  @Test
  void textOfShortWords_hasNone() {
    assertThat(Base64Text.mayHaveRun("a lamp that flickers, hums or fails ".repeat(50), LENGTH))
        .isFalse();
    assertThat(Base64Text.mayHaveRun("", LENGTH)).isFalse();
    assertThat(Base64Text.mayHaveRun("日本語のテキスト".repeat(50), LENGTH)).isFalse();
  }

  @Test
  void end_isBehindThePadding() {
    assertThat(Base64Text.end("x:YWJj\"", 2)).isEqualTo(6);
    assertThat(Base64Text.end("YWI=\"", 0)).isEqualTo(4);
    assertThat(Base64Text.end("YQ===", 0)).isEqualTo(4);
    assertThat(Base64Text.end("", 0)).isZero();
  }
}
