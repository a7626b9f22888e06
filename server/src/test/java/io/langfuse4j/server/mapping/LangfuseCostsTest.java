package io.langfuse4j.server.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.model.MappedSpan;
import io.langfuse4j.server.otlp.OtlpJson;
import io.langfuse4j.server.pricing.Priced;
import io.langfuse4j.server.pricing.Pricer;
import io.langfuse4j.server.pricing.TokenBudget;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every model of Langfuse's price list from the span to its cost, beside what Langfuse's rules make
 * of that list, where a copy of it lies beside the repository.
 */
class LangfuseCostsTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final Pricer PRICER = new Pricer(project -> List.of());

  private static List<JsonNode> models() throws IOException {
    Path folder = Path.of("..", "..", "shared", "fixtures", "model-prices");
    assumeTrue(Files.isDirectory(folder), "No copy of Langfuse's prices in " + folder);
    List<JsonNode> models = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        MAPPER.readTree(file.toFile()).forEach(models::add);
      }
    }
    assertThat(models).hasSizeGreaterThan(150);
    return models;
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 1000",
    "'{\"service_tier\":\"flex\"}', 1000",
    "'{\"service_tier\":\"fast\"}', 1000",
    "'{\"service_tier\":\"priority\"}', 1000",
    "'{\"service_tier\":\"FLEX\"}', 1000",
    "'{\"speed\":\"fast\"}', 1000",
    "'{}', 300000",
    "'{\"service_tier\":\"flex\"}', 300000",
    "'{\"service_tier\":\"priority\"}', 300000"
  })
  void everyModel_costsWhatLangfuseCharges(String parameters, long units) throws IOException {
    for (JsonNode model : models()) {
      String name = model.path("modelName").asText();
      if (!Pattern.compile(model.path("matchPattern").asText()).matcher(name).find()) {
        continue;
      }
      Map<String, Long> usage = new TreeMap<>();
      for (JsonNode tier : model.path("pricingTiers")) {
        tier.path("prices").properties().forEach(price -> usage.put(price.getKey(), units));
      }
      usage.putIfAbsent("total", units * usage.size());

      assertThat(cost(name, parameters, usage))
          .as("%s with %s", name, parameters)
          .isEqualTo(expected(model, MAPPER.readTree(parameters), usage));
    }
  }

  @Test
  void nameOfTheWild_thatLangfuseDoesNotKnow_hasNoPriceOfAnother() {
    Map<String, Long> usage = Map.of("input", 1L, "total", 1L);

    for (String name :
        List.of(
            "openrouter/openai/gpt-4o",
            "my-gpt-4o-deployment",
            "gpt-4o-2099-01-01",
            "arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/abc",
            "claude",
            "gemini",
            "gpt-4o\nmini")) {
      assertThat(cost(name, "{}", usage)).as(name).isEmpty();
    }
  }

  private static Map<String, BigDecimal> cost(
      String model, String parameters, Map<String, Long> usage) {
    ObjectNode details = MAPPER.createObjectNode();
    usage.forEach(details::put);
    MappedSpan span =
        Mapped.one(
            OtlpJson.span("langfuse.observation.type", "generation")
                .with("langfuse.observation.model.name", model)
                .with("langfuse.observation.model.parameters", parameters)
                .with("langfuse.observation.usage_details", details.toString()));
    Priced priced = PRICER.price("p", span.observation(), new TokenBudget(Duration.ofMinutes(1)));
    return plain(priced.cost());
  }

  private static Map<String, BigDecimal> expected(
      JsonNode model, JsonNode parameters, Map<String, Long> usage) {
    JsonNode tier =
        StreamSupport.stream(model.path("pricingTiers").spliterator(), false)
            .filter(candidate -> !candidate.path("isDefault").asBoolean())
            .sorted(Comparator.comparingInt(candidate -> candidate.path("priority").asInt()))
            .filter(candidate -> holds(candidate, parameters, usage))
            .findFirst()
            .orElseGet(() -> model.path("pricingTiers").get(0));
    Map<String, BigDecimal> costs = new TreeMap<>();
    for (Map.Entry<String, JsonNode> price : tier.path("prices").properties()) {
      BigDecimal units = BigDecimal.valueOf(usage.get(price.getKey()));
      costs.put(price.getKey(), price.getValue().decimalValue().multiply(units));
    }
    costs.putIfAbsent("total", costs.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
    return plain(costs);
  }

  private static boolean holds(JsonNode tier, JsonNode parameters, Map<String, Long> usage) {
    for (JsonNode condition : tier.path("conditions")) {
      boolean holds;
      if (condition.has("key")) {
        JsonNode given = parameters.path(condition.path("key").asText());
        holds =
            StreamSupport.stream(condition.path("values").spliterator(), false)
                .anyMatch(value -> value.asText().equals(given.textValue()));
      } else {
        Pattern keys =
            Pattern.compile(
                condition.path("usageDetailPattern").asText(), Pattern.CASE_INSENSITIVE);
        long sum =
            usage.entrySet().stream()
                .filter(entry -> keys.matcher(entry.getKey()).find())
                .mapToLong(Map.Entry::getValue)
                .sum();
        assertThat(condition.path("operator").asText()).isEqualTo("gt");
        holds = sum > condition.path("value").asLong();
      }
      if (!holds) {
        return false;
      }
    }
    return true;
  }

  private static Map<String, BigDecimal> plain(Map<String, BigDecimal> costs) {
    Map<String, BigDecimal> plain = new TreeMap<>();
    costs.forEach(
        (key, cost) ->
            plain.put(key, cost.setScale(12, RoundingMode.HALF_UP).stripTrailingZeros()));
    return plain;
  }
}
