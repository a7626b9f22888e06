package io.langfuse4j.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.Content;
import io.langfuse4j.server.model.Observation.Identity;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.model.Observation.Source;
import io.langfuse4j.server.model.Observation.Timing;
import io.langfuse4j.server.model.Observation.Tools;
import io.langfuse4j.server.model.Observation.TraceAttributes;
import io.langfuse4j.server.model.ObservationType;
import io.langfuse4j.server.pricing.Model.Comparison;
import io.langfuse4j.server.pricing.Model.Condition;
import io.langfuse4j.server.pricing.Model.Tier;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PricerTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

  private final List<Model> own = new ArrayList<>();
  private final Pricer pricer = new Pricer(project -> List.copyOf(own));

  private Level level = Level.DEFAULT;
  private String parameters = "{}";
  private String metadata = "{}";
  private Map<String, Long> usage = Map.of();
  private Map<String, BigDecimal> cost = Map.of();
  private String input;
  private String output;

  private Priced price(String model) {
    return price(model, new TokenBudget(Duration.ofMinutes(1)));
  }

  private Priced price(String model, TokenBudget budget) {
    Observation observation =
        new Observation(
            new Identity("t", "o", null),
            ObservationType.GENERATION,
            "call",
            new Timing(NOW, NOW, null),
            level,
            null,
            "default",
            null,
            null,
            new Content(input, output, metadata, "{}"),
            new ModelCall(model, parameters, usage, cost, null, null),
            TraceAttributes.NONE,
            Tools.NONE,
            null,
            Source.UNKNOWN,
            true,
            false);
    return pricer.price("p", observation, budget);
  }

  private void usage(Object... keysAndUnits) {
    usage = new LinkedHashMap<>();
    for (int i = 0; i < keysAndUnits.length; i += 2) {
      usage.put((String) keysAndUnits[i], ((Number) keysAndUnits[i + 1]).longValue());
    }
  }

  private static Model model(
      String id, String pattern, String startDate, String inputPrice, Tier... tiers) {
    List<Tier> all = new ArrayList<>();
    all.add(
        new Tier(id + "-d", "Standard", true, 0, List.of(), Map.of("input", decimal(inputPrice))));
    all.addAll(List.of(tiers));
    return new Model(
        id,
        NOW,
        id,
        pattern,
        startDate == null ? null : Instant.parse(startDate),
        "TOKENS",
        null,
        null,
        false,
        all);
  }

  private static Tier tier(String id, int priority, String inputPrice, Condition... conditions) {
    return new Tier(
        id, id, false, priority, List.of(conditions), Map.of("input", decimal(inputPrice)));
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  @Test
  void price_knownModel_costsEachUsageTypeAndTheirSum() {
    usage("input", 1000, "output", 500, "input_cached_tokens", 100, "total", 1600);

    Priced priced = price("gpt-4o");

    assertThat(priced.usage()).isEqualTo(usage);
    assertThat(priced.cost())
        .containsExactly(
            Map.entry("input", decimal("0.0025")),
            Map.entry("output", decimal("0.005")),
            Map.entry("input_cached_tokens", decimal("0.000125")),
            Map.entry("total", decimal("0.007625")));
    assertThat(priced.modelId()).isEqualTo("gpt-4o");
    assertThat(priced.tierName()).isEqualTo("Standard");
    assertThat(priced.costComputed()).isTrue();
    assertThat(priced.usageInferred()).isFalse();
  }

  @Test
  void price_noModelOrUnknownModel_keepsWhatWasGiven() {
    usage("input", 3, "total", 3);
    cost = Map.of("total", decimal("0.5"));

    for (String name : new String[] {null, "", "nobody's-model", "x".repeat(5_000)}) {
      assertThat(price(name)).isEqualTo(new Priced(usage, cost, null, null, null, false, false));
    }
  }

  @Test
  void price_anyCostGiven_computesNothing() {
    usage("input", 1000, "output", 500, "total", 1500);
    cost = Map.of("other", decimal("0.25"));

    Priced priced = price("gpt-4o");

    assertThat(priced.cost()).isEqualTo(cost);
    assertThat(priced.costComputed()).isFalse();
    assertThat(priced.modelId()).isEqualTo("gpt-4o");
  }

  @Test
  void price_totalHasAPrice_totalIsItsCostAndNotTheSum() {
    usage("total", 1_000_000);

    assertThat(price("text-embedding-3-small").cost())
        .containsExactly(Map.entry("total", decimal("0.02")));
  }

  @Test
  void price_noUsageTypeHasAPrice_noCostAndNoTotal() {
    usage("apples", 3, "pears", 4);

    Priced priced = price("gpt-4o");

    assertThat(priced.cost()).isEmpty();
    assertThat(priced.costComputed()).isFalse();
    assertThat(priced.tierName()).isEqualTo("Standard");
  }

  @Test
  void price_absurdUsage_isClamped() {
    usage("input", Long.MAX_VALUE);

    assertThat(price("gpt-4o").cost())
        .containsEntry("input", decimal("999999.999999"))
        .containsEntry("total", decimal("999999.999999"));
  }

  @Test
  void price_tinyPrice_hasTwelveDecimals() {
    own.add(model("m", "^tiny$", null, "0.00000000000049"));
    usage("input", 1);
    assertThat(price("tiny").cost()).containsEntry("input", decimal("0"));

    usage("input", 3);
    assertThat(price("tiny").cost()).containsEntry("input", decimal("0.000000000001"));
  }

  @Test
  void match_ownBeforeOurs_latestStartFirst_undatedLast() {
    usage("input", 1);
    own.add(model("undated", "(?i)^gpt-4o$", null, "1"));
    pricer.forget("p");
    assertThat(price("gpt-4o").modelId()).isEqualTo("undated");

    own.add(model("old", "gpt", "2020-01-01T00:00:00Z", "2"));
    own.add(model("future", "gpt-4o", "2099-01-01T00:00:00Z", "3"));
    assertThat(price("gpt-4o").modelId()).isEqualTo("undated");
    pricer.forget("p");
    assertThat(price("gpt-4o").modelId()).isEqualTo("future");
    assertThat(price("openai/gpt-4").modelId()).isEqualTo("old");

    own.clear();
    pricer.forget("p");
    assertThat(price("gpt-4o").modelId()).isEqualTo("gpt-4o");
  }

  @Test
  void match_unusablePatterns_areNoMatchAndHinderNobody() {
    usage("input", 1);
    own.add(model("invalid", "gpt-4o(", null, "1"));
    own.add(model("slow", "^(([a-z0-9-])+.)+[A-Z]([a-z])+$", null, "1"));

    assertThat(price("gpt-4o").modelId()).isEqualTo("gpt-4o");
  }

  @ParameterizedTest
  @CsvSource({"200000, Standard", "200001, Large Context"})
  void tier_byUsage_comparesTheSumOfMatchingKeys(long tokens, String expected) {
    usage("input", tokens - 1000, "input_cached_tokens", 1000, "output", 5);

    assertThat(price("gemini-2.5-pro").tierName()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|Standard",
        "{\"service_tier\":\"priority\"}|Fast mode",
        "{\"service_tier\":\"flex\"}|Flex",
        "{\"service_tier\":\"Flex\"}|Standard",
        "{\"other\":\"flex\"}|Standard",
        "{\"service_tier\":[\"flex\"]}|Standard"
      })
  void tier_byModelParameter_matchesExactly(String given, String expected) {
    parameters = given;
    usage("input", 10, "output", 5);

    assertThat(price("gpt-5").tierName()).isEqualTo(expected);
  }

  @Test
  void tier_allConditionsMustHold_andTheLowestPriorityWins() {
    parameters = "{\"service_tier\":\"flex\"}";
    usage("input", 300_000, "output", 1);
    assertThat(price("gpt-5.4").tierName()).isEqualTo("Flex · Large context (>272K)");

    usage("input", 1000, "output", 1);
    assertThat(price("gpt-5.4").tierName()).isEqualTo("Flex");
    assertThat(price("gpt-5.4").cost()).containsEntry("input", decimal("0.00125"));
  }

  @Test
  void tier_byMetadataAndWithUnusablePattern() {
    own.add(
        model(
            "m",
            "^m$",
            null,
            "1",
            tier("never", 1, "9", new Condition.Usage("(", Comparison.GTE, BigDecimal.ZERO, false)),
            tier("empty", 2, "9"),
            tier(
                "plan",
                3,
                "2",
                new Condition.Attribute(Model.Source.METADATA, "plan", List.of("gold"))),
            tier("case", 4, "3", new Condition.Usage("INP", Comparison.EQ, decimal("7"), true))));
    usage("input", 7);

    assertThat(price("m").tierName()).isEqualTo("Standard");
    metadata = "{\"plan\":\"gold\"}";
    assertThat(price("m").tierName()).isEqualTo("plan");
  }

  @Test
  void tier_withoutUsage_isNotChosen() {
    cost = Map.of("total", decimal("1"));

    Priced priced = price("gpt-4o");

    assertThat(priced.modelId()).isEqualTo("gpt-4o");
    assertThat(priced.tierId()).isNull();
  }

  @Test
  void infer_nothingGiven_countsInputAndOutput() {
    input = "hello world";
    output = "hi";

    Priced priced = price("gpt-4");

    assertThat(priced.usage())
        .containsExactly(Map.entry("input", 2L), Map.entry("output", 1L), Map.entry("total", 3L));
    assertThat(priced.usageInferred()).isTrue();
    assertThat(priced.cost()).containsEntry("total", decimal("0.00012"));
  }

  @Test
  void infer_errorsUsageCostOrOtherTokenizers_countNothing() {
    input = "hello world";
    level = Level.ERROR;
    assertThat(price("gpt-4").usage()).isEmpty();

    level = Level.DEFAULT;
    cost = Map.of("total", decimal("1"));
    assertThat(price("gpt-4").usage()).isEmpty();

    cost = Map.of();
    assertThat(price("claude-3-haiku-20240307").usage()).isEmpty();
    assertThat(price("gemini-2.5-pro").usage()).isEmpty();
    assertThat(price("unknown").usage()).isEmpty();
    assertThat(price("gpt-4", new TokenBudget(Duration.ZERO)).usage()).isEmpty();

    input = null;
    assertThat(price("gpt-4").usage()).isEmpty();
  }

  @Test
  void infer_chat_countsMessagesNamesAndReply() {
    input =
        "[{\"role\":\"user\",\"content\":\"hello world\"},"
            + "{\"role\":\"user\",\"name\":\"bob\",\"content\":\"hi\"}]";

    // 3 + user + 2, 3 + user + bob + name + 1, 3
    assertThat(price("gpt-4").usage()).containsEntry("input", 16L);
  }

  @Test
  void infer_jsonThatIsNoChat_countsItsText() {
    input = "{ \"a\" : 1 }";
    long spaced = price("gpt-4").usage().get("input");
    input = "{\"a\":1}";
    assertThat(price("gpt-4").usage()).containsEntry("input", spaced);

    input = "[]";
    assertThat(price("gpt-4").usage()).isEmpty();

    input = "12 apples";
    assertThat(price("gpt-4").usage()).containsEntry("input", 2L);
  }

  @Test
  void infer_specialTokensAndEmoji() {
    input = "<|endoftext|>";
    assertThat(price("gpt-4").usage()).containsEntry("input", 1L);
    input = "🙂";
    long emoji = price("gpt-4").usage().get("input");
    input = "f09f9982";
    assertThat(price("gpt-4").usage()).containsEntry("input", emoji);
  }

  @Test
  void infer_longText_countsAsInOnePiece() {
    input = "The quick brown fox. ".repeat(10_000);

    // "The quick brown fox." and the space before the next one
    assertThat(price("gpt-4").usage().get("input")).isBetween(49_990L, 60_010L);
    long whole = price("gpt-4").usage().get("input");
    input = "The quick brown fox. ".repeat(5_000);
    assertThat(whole).isCloseTo(2 * price("gpt-4").usage().get("input"), offset(2L));
  }

  @Test
  void infer_outOfTime_leavesTheRestUncounted() {
    input = "word ".repeat(2_000_000);
    TokenBudget budget = new TokenBudget(Duration.ofMillis(1));

    assertThat(price("gpt-4", budget).usage()).isEmpty();
    input = "short";
    assertThat(price("gpt-4", budget).usage()).isEmpty();
  }

  @Test
  void models_areOwnThenOurs_andReadBackFromJson() {
    own.add(
        model(
            "m",
            "^m$",
            "2026-01-01T00:00:00Z",
            "1.5",
            tier("t", 1, "2", new Condition.Usage("inp", Comparison.GT, decimal("7"), true))));

    List<Model> models = pricer.models("p");

    assertThat(models.get(0)).isEqualTo(own.get(0));
    assertThat(models).hasSizeGreaterThan(150);
    for (Model model : models) {
      assertThat(ModelJson.write(ModelJson.read(ModelJson.write(model).toString())))
          .isEqualTo(ModelJson.write(model));
      assertThat(SafePattern.of(model.matchPattern(), true)).isNotNull();
    }
  }
}
