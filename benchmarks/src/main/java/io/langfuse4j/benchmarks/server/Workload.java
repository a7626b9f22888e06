package io.langfuse4j.benchmarks.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The observations that the load consists of: traces of ten, each with about 1 KB of words in and
 * out. The same number always gives the same trace. Immutable.
 */
final class Workload {
  static final int PER_TRACE = 10;
  static final String COMMON_WORD = "common";

  private static final int TEXT_LENGTH = 950;
  private static final String[] MODELS = {
    "gpt-4o", "gpt-4o-mini", "claude-sonnet-4-5", "gemini-2.5-pro", "mistral-large", "o3-mini"
  };
  private static final String[] ENVIRONMENTS = {"production", "staging", "development"};
  private static final String[] KINDS = {
    "agent",
    "generation",
    "tool",
    "retriever",
    "generation",
    "span",
    "tool",
    "generation",
    "chain",
    "generation"
  };
  private static final String[] WORDS = words();

  private final long salt;
  private final Instant from;
  private final Duration spacing;

  /**
   * @param salt gives other ids to the same content
   * @param from start of the first trace
   * @param spacing from trace to trace
   */
  Workload(long salt, Instant from, Duration spacing) {
    this.salt = salt;
    this.from = from;
    this.spacing = spacing;
  }

  /** One observation. Ids are of the lengths that OpenTelemetry prescribes, in hexadecimal. */
  record Item(
      String traceId,
      String id,
      String parentId,
      String name,
      long startNanos,
      long endNanos,
      List<String[]> attributes,
      boolean error) {}

  List<Item> trace(long number) {
    Random random = new Random(number);
    String traceId = String.format(Locale.ROOT, "%016x%016x", salt, number + 1);
    Instant begin = from.plus(spacing.multipliedBy(number));
    long start = begin.getEpochSecond() * 1_000_000_000L + begin.getNano();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < PER_TRACE; i++) {
      items.add(item(number, i, traceId, start, random));
    }
    return items;
  }

  private Item item(long number, int i, String traceId, long traceStart, Random random) {
    String kind = KINDS[i];
    List<String[]> attributes = new ArrayList<>();
    put(attributes, "langfuse.observation.type", kind);
    put(attributes, "langfuse.observation.input", text(number, i, random));
    put(attributes, "langfuse.observation.output", text(number, i + PER_TRACE, random));
    put(attributes, "langfuse.environment", ENVIRONMENTS[(int) (number % 3)]);
    put(attributes, "user.id", "user-" + number % 5_000);
    put(attributes, "session.id", "session-" + number / 5);
    if (i == 0) {
      put(attributes, "langfuse.trace.name", "workflow-" + number % 20);
      put(attributes, "langfuse.trace.tags", "tag-" + number % 40);
      put(attributes, "langfuse.observation.metadata.tenant", "tenant-" + number % 7);
    }
    if ("generation".equals(kind)) {
      put(attributes, "langfuse.observation.model.name", MODELS[random.nextInt(MODELS.length)]);
      put(
          attributes,
          "langfuse.observation.usage_details",
          "{\"input\":" + (200 + random.nextInt(800)) + ",\"output\":" + random.nextInt(500) + "}");
    }
    long start = traceStart + i * 50_000_000L;
    long end = i == 0 ? traceStart + 2_000_000_000L : start + 40_000_000L + random.nextInt(1 << 29);
    return new Item(
        traceId,
        String.format(Locale.ROOT, "%016x", (number + 1) * 1_024 + i),
        i == 0 ? "" : String.format(Locale.ROOT, "%016x", (number + 1) * 1_024),
        kind + "-" + number % 20,
        start,
        end,
        attributes,
        i == 2 && number % 50 == 0);
  }

  /** A word that only this trace has, one that every hundredth has, one that most have. */
  static String rareWord(long number) {
    return "needle" + number;
  }

  static String seldomWord() {
    return "seldom";
  }

  private static String text(long number, int part, Random random) {
    StringBuilder text = new StringBuilder(TEXT_LENGTH + 32);
    if (part == 4) {
      text.append(rareWord(number)).append(' ');
      if (number % 100 == 0) {
        text.append(seldomWord()).append(' ');
      }
    }
    if (part == 1) {
      text.append(COMMON_WORD).append(' ');
    }
    while (text.length() < TEXT_LENGTH) {
      // Cubed, so that some words are much more frequent than others, as in language.
      double rank = random.nextDouble();
      text.append(WORDS[(int) (rank * rank * rank * WORDS.length)]).append(' ');
    }
    return text.toString();
  }

  private static void put(List<String[]> attributes, String key, String value) {
    attributes.add(new String[] {key, value});
  }

  private static String[] words() {
    Random random = new Random(1);
    String[] words = new String[20_000];
    for (int i = 0; i < words.length; i++) {
      words[i] =
          random
              .ints(2 + random.nextInt(9), 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
    }
    return words;
  }
}
