package io.langfuse4j.internal.masking;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.testing.Seeds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The hints that spare most texts the patterns: with and without them the same is hidden. {@link
 * Seeds} tells how a failure is repeated.
 */
class SensitiveTextPropertyTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<SensitiveText> RULES =
      Stream.concat(SensitiveText.SECRETS.stream(), SensitiveText.PERSONAL_DATA.stream()).toList();

  private static final List<SensitiveText> WITHOUT_HINTS =
      RULES.stream()
          .map(
              rule ->
                  new SensitiveText(
                      text -> true, rule.pattern(), rule.replacement(), rule.isReal()))
          .toList();

  private final JsonTextMask hinted =
      new JsonTextMask(
          text -> SensitiveText.mayBeIn(RULES, text),
          key -> false,
          text -> SensitiveText.replaceAll(RULES, text));

  private final JsonTextMask thorough =
      new JsonTextMask(
          text -> true, key -> false, text -> SensitiveText.replaceAll(WITHOUT_HINTS, text));

  static LongStream seeds() {
    return Seeds.of(300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void anyText_withHints_losesTheSame(long seed) throws JsonProcessingException {
    Random random = new Random(seed);
    for (int i = 0; i < 20; i++) {
      String text = random.nextBoolean() ? text(random) : json(random);
      assertThat(hinted.mask("key", text)).isEqualTo(thorough.mask("key", text));
    }
  }

  private static String json(Random random) throws JsonProcessingException {
    String json = JSON.writeValueAsString(value(random, 3));
    return random.nextInt(4) == 0 ? json.replace("@", "\\u0040").replace("k-", "\\u006b-") : json;
  }

  private static Object value(Random random, int depth) throws JsonProcessingException {
    switch (random.nextInt(depth == 0 ? 3 : 6)) {
      case 0 -> {
        return random.nextBoolean() ? 4111111111111111L : random.nextLong();
      }
      case 1, 2 -> {
        return text(random);
      }
      case 3 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        return list;
      }
      case 4 -> {
        return JSON.writeValueAsString(value(random, depth - 1));
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        return map;
      }
    }
  }

  /** Pieces of what is to be found, whole and broken, among others. */
  private static String text(Random random) {
    String[] pieces = {
      "Bearer abcdefgh12345",
      "BASIC ",
      "basic dXNlcjpwYXNz",
      "bearer",
      "sk-0123456789abcdefghij",
      "ask-me",
      "pk-",
      "ghp_0123456789abcdefghij",
      "gh",
      "_",
      "AKIAABCDEFGHIJKLMNOP",
      "AKIA",
      "AIza0123456789abcdefghijklmnopqrstuvwxy12",
      "eyJhbGciOiJI.eyJzdWIiOiIx.c2ln",
      "eyJ",
      "ada@example.org",
      "@",
      "DE89 3704 0044 0532 0130 00",
      "DE89",
      "4111 1111 1111 1111",
      "4111111111111112",
      "+49 (30) 1234567",
      "+",
      "2026-11-21",
      "42",
      " ",
      "\n",
      "\"",
      "\\",
      "ü",
      "漢字",
      "plain words ",
      "x{",
      "}",
      "x[1]",
      ":"
    };
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }
}
