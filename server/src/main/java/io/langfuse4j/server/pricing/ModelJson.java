package io.langfuse4j.server.pricing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.pricing.Model.Comparison;
import io.langfuse4j.server.pricing.Model.Condition;
import io.langfuse4j.server.pricing.Model.Source;
import io.langfuse4j.server.pricing.Model.Tier;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model as JSON: the object that the public API shows, which is also what stores keep. */
public final class ModelJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ModelJson() {}

  public static ObjectNode write(Model model) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("id", model.id());
    json.put("createdAt", MILLIS.format(model.createdAt()));
    json.put("modelName", model.name());
    json.put("matchPattern", model.matchPattern());
    json.put("startDate", model.startDate() == null ? null : MILLIS.format(model.startDate()));
    json.put("tokenizerId", model.tokenizerId());
    json.set("tokenizerConfig", tree(model.tokenizerConfig()));
    json.put("unit", model.unit());
    json.put("inputPrice", model.price("input"));
    json.put("outputPrice", model.price("output"));
    json.put("totalPrice", model.price("total"));
    ObjectNode prices = json.putObject("prices");
    json.put("isLangfuseManaged", model.managed());
    ArrayNode tiers = json.putArray("pricingTiers");
    for (Tier tier : model.tiers()) {
      write(tier, tiers.addObject());
      if (tier.isDefault()) {
        tier.prices().forEach((type, price) -> prices.putObject(type).put("price", price));
      }
    }
    return json;
  }

  private static void write(Tier tier, ObjectNode json) {
    json.put("id", tier.id());
    json.put("name", tier.name());
    json.put("isDefault", tier.isDefault());
    json.put("priority", tier.priority());
    ArrayNode conditions = json.putArray("conditions");
    for (Condition condition : tier.conditions()) {
      write(condition, conditions.addObject());
    }
    ObjectNode prices = json.putObject("prices");
    tier.prices().forEach(prices::put);
  }

  private static void write(Condition condition, ObjectNode json) {
    if (condition instanceof Condition.Usage usage) {
      json.put("usageDetailPattern", usage.pattern());
      json.put("operator", lower(usage.comparison()));
      json.put("value", usage.value());
      json.put("caseSensitive", usage.caseSensitive());
    } else if (condition instanceof Condition.Attribute attribute) {
      json.put("source", lower(attribute.source()));
      json.put("key", attribute.key());
      json.put("operator", "in");
      ArrayNode values = json.putArray("values");
      attribute.values().forEach(values::add);
    }
  }

  /** What {@link #write} wrote. */
  public static Model read(String text) {
    JsonNode json = tree(text);
    return new Model(
        json.path("id").asText(),
        Instant.parse(json.path("createdAt").asText()),
        json.path("modelName").asText(),
        json.path("matchPattern").asText(),
        json.hasNonNull("startDate") ? Instant.parse(json.path("startDate").asText()) : null,
        json.path("unit").asText(),
        json.hasNonNull("tokenizerId") ? json.path("tokenizerId").asText() : null,
        json.hasNonNull("tokenizerConfig") ? json.path("tokenizerConfig").toString() : null,
        json.path("isLangfuseManaged").asBoolean(),
        tiers(json.path("pricingTiers")));
  }

  private static List<Tier> tiers(JsonNode array) {
    List<Tier> tiers = new ArrayList<>();
    for (JsonNode tier : array) {
      tiers.add(
          new Tier(
              tier.path("id").asText(),
              tier.path("name").asText(),
              tier.path("isDefault").asBoolean(),
              tier.path("priority").asInt(),
              conditions(tier.path("conditions")),
              prices(tier.path("prices"))));
    }
    return tiers;
  }

  /** Conditions of a tier; the array has been checked. */
  public static List<Condition> conditions(JsonNode array) {
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode condition : array) {
      conditions.add(condition(condition));
    }
    return conditions;
  }

  private static Condition condition(JsonNode json) {
    if (json.has("usageDetailPattern")) {
      return new Condition.Usage(
          json.path("usageDetailPattern").asText(),
          Comparison.valueOf(json.path("operator").asText().toUpperCase(Locale.ROOT)),
          json.path("value").decimalValue(),
          json.path("caseSensitive").asBoolean());
    }
    List<String> values = new ArrayList<>();
    json.path("values").forEach(value -> values.add(value.asText()));
    return new Condition.Attribute(
        Source.valueOf(json.path("source").asText().toUpperCase(Locale.ROOT)),
        json.path("key").asText(),
        values);
  }

  /** Prices by usage type; the object has been checked. */
  public static Map<String, BigDecimal> prices(JsonNode object) {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> price : object.properties()) {
      prices.put(price.getKey(), price.getValue().decimalValue());
    }
    return prices;
  }

  /** Any JSON text as a tree that keeps all digits; a null node for null. */
  public static JsonNode tree(@Nullable String text) {
    if (text == null) {
      return MAPPER.nullNode();
    }
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Not JSON", e);
    }
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
