package io.langfuse4j.server.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The form in which usage is stored: whole numbers that are not negative, and a total. Usage that
 * is exactly what the OpenAI API returns is translated; everything else keeps its keys.
 */
final class UsageSchema {
  private static final Pattern INTEGER = Pattern.compile("\\+?[0-9]{1,30}");
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  /** One of OpenAI's two shapes: three counts and up to two objects of details. */
  private record OpenAiShape(String input, String output, String total) {
    boolean matches(JsonNode usage) {
      return hasCount(usage, input)
          && hasCount(usage, output)
          && hasCount(usage, total)
          && isDetails(usage.path(input + "_details"))
          && isDetails(usage.path(output + "_details"))
          && usage.properties().stream().allMatch(entry -> knows(entry.getKey()));
    }

    private boolean knows(String key) {
      return Set.of(input, output, total, input + "_details", output + "_details").contains(key);
    }

    private static boolean hasCount(JsonNode usage, String key) {
      return countOf(usage.get(key)) != null;
    }

    private static boolean isDetails(JsonNode details) {
      if (details.isMissingNode() || details.isNull()) {
        return true;
      }
      return details.isObject()
          && details.properties().stream()
              .allMatch(entry -> entry.getValue().isNull() || countOf(entry.getValue()) != null);
    }
  }

  private static final OpenAiShape COMPLETIONS =
      new OpenAiShape("prompt_tokens", "completion_tokens", "total_tokens");
  private static final OpenAiShape RESPONSES =
      new OpenAiShape("input_tokens", "output_tokens", "total_tokens");

  private UsageSchema() {}

  static Map<String, Long> normalise(JsonNode usage) {
    Map<String, Long> counts = counts(usage);
    if (!counts.isEmpty() && !counts.containsKey("total")) {
      counts.put("total", counts.values().stream().reduce(0L, UsageSchema::cappedSum));
    }
    return counts;
  }

  private static Map<String, Long> counts(JsonNode usage) {
    if (COMPLETIONS.matches(usage)) {
      return translate(usage, COMPLETIONS);
    }
    if (RESPONSES.matches(usage)) {
      return translate(usage, RESPONSES);
    }
    Map<String, Long> counts = new LinkedHashMap<>();
    usage.properties().forEach(entry -> putCount(counts, entry.getKey(), entry.getValue()));
    return counts;
  }

  private static Map<String, Long> translate(JsonNode usage, OpenAiShape shape) {
    Map<String, Long> counts = new LinkedHashMap<>();
    putCount(counts, "input", usage.get(shape.input()));
    putCount(counts, "output", usage.get(shape.output()));
    putCount(counts, "total", usage.get(shape.total()));
    split(counts, "input", usage.path(shape.input() + "_details"));
    split(counts, "output", usage.path(shape.output() + "_details"));
    return counts;
  }

  private static void split(Map<String, Long> counts, String whole, JsonNode details) {
    for (Map.Entry<String, JsonNode> detail : details.properties()) {
      Long part = countOf(detail.getValue());
      if (part != null) {
        counts.put(whole + "_" + detail.getKey(), part);
        counts.computeIfPresent(whole, (key, count) -> Math.max(0, count - part));
      }
    }
  }

  private static void putCount(Map<String, Long> counts, String key, @Nullable JsonNode value) {
    Long count = countOf(value);
    if (count != null) {
      counts.put(key, count);
    }
  }

  private static @Nullable Long countOf(@Nullable JsonNode value) {
    if (value == null) {
      return null;
    }
    if (value.isTextual()) {
      String text = value.textValue().strip();
      return INTEGER.matcher(text).matches() ? inRange(new BigInteger(text)) : null;
    }
    BigDecimal number = value.isNumber() ? Numbers.decimal(value) : null;
    return number == null || number.stripTrailingZeros().scale() > 0
        ? null
        : inRange(number.toBigInteger());
  }

  private static @Nullable Long inRange(BigInteger count) {
    return count.signum() < 0 || count.compareTo(MAX) > 0 ? null : count.longValue();
  }

  private static long cappedSum(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }
}
