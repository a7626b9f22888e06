package io.langfuse4j.internal.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Jackson is the oracle: whatever we write must be what its own generator writes. */
class LongTextTest {

  private final ContentEncoder encoder = new ContentEncoder(EncodingLimits.DEFAULT);
  private final ObjectMapper jackson = new ObjectMapper();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abcdefgh",
        "line one\nline \"two\" \\ three\t\r\b\f",
        "\u0000\u0001\u001f !#[]\u007f",
        "Grüße, ça va? \u0080\u00ff",
        "„Anführung“ und\n\"quotes\"",
        "火曜日に\n届く\"はずの\\荷物",
        "emoji \uD83D\uDE00 in text",
      })
  void encode_textOfAnyLength_writesWhatJacksonWrites(String unit) throws Exception {
    for (int length : new int[] {1, 47, 48, 49, 63, 2_047, 2_048, 2_049, 10_000}) {
      String text = unit.repeat(length / unit.length() + 1).substring(0, length);
      if (!text.isEmpty() && Character.isHighSurrogate(text.charAt(length - 1))) {
        text = text.substring(0, length - 1);
      }
      Object value = Map.of("content", List.of(text, 1));

      assertThat(encoder.encode(value)).isEqualTo(jackson.writeValueAsString(value));
    }
  }

  @Test
  void encode_randomMixtures_writesWhatJacksonWrites() throws Exception {
    Random random = new Random(42);
    int[] ceilings = {0x30, 0x80, 0x100, 0xD800};
    for (int round = 0; round < 2_000; round++) {
      int ceiling = ceilings[round % ceilings.length];
      char[] chars = new char[random.nextInt(300)];
      for (int i = 0; i < chars.length; i++) {
        chars[i] = (char) random.nextInt(random.nextInt(20) == 0 ? 0xD800 : ceiling);
      }
      List<String> value = List.of("first", new String(chars), "x".repeat(60));

      assertThat(encoder.encode(value)).isEqualTo(jackson.writeValueAsString(value));
    }
  }

  @Test
  void encode_halfASurrogatePair_becomesTheReplacementCharacter() {
    String text = "x".repeat(60);

    assertThat(encoder.encode(List.of(text + "\uD83D", "\uDE00 short")))
        .isEqualTo("[\"" + text + "\uFFFD\",\"\uFFFD short\"]");
  }

  @Test
  void encode_recordWithLongText_staysWithinTheLimit() {
    record Message(String role, String content) {}
    ContentEncoder small = new ContentEncoder(new EncodingLimits(20, 100, 100, 1_000));

    assertThat(small.encode(new Message("user", "x".repeat(5_000))))
        .startsWith("{\"role\":\"user\",\"content\":\"xxx")
        .endsWith("characters not recorded>\"}")
        .hasSizeLessThan(1_100);
  }
}
