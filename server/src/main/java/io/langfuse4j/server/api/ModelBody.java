package io.langfuse4j.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Model.Tier;
import io.langfuse4j.server.pricing.ModelJson;
import io.langfuse4j.server.pricing.SafePattern;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The body that defines a model, checked as Langfuse checks it. */
final class ModelBody {
  private static final String TIERS = "pricingTiers";
  private static final Set<String> UNITS =
      Set.of("TOKENS", "CHARACTERS", "MILLISECONDS", "SECONDS", "REQUESTS", "IMAGES");
  private static final Set<String> TOKENIZERS = Set.of("openai", "claude");
  private static final Set<String> COMPARISONS = Set.of("gt", "gte", "lt", "lte", "eq", "neq");
  private static final Set<String> SOURCES = Set.of("model_parameters", "metadata");
  private static final List<String> FLAT = List.of("input", "output", "total");
  private static final int LONGEST_TIER_NAME = 100;
  private static final int LONGEST_PATTERN = 200;
  private static final int HIGHEST_PRIORITY = 999;

  private final JsonNode body;
  private final String id = UUID.randomUUID().toString();

  private ModelBody(JsonNode body) {
    this.body = body;
  }

  static Model parse(InputStream stream, Instant now) {
    return new ModelBody(tree(stream)).model(now);
  }

  private static JsonNode tree(InputStream stream) {
    try {
      JsonNode body = ModelJson.tree(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
      if (body.isObject()) {
        return body;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      // Said below for everything that is no object.
    }
    throw Issues.invalidType("body", "object", "invalid JSON");
  }

  private Model model(Instant now) {
    String name = text("modelName");
    String pattern = text("matchPattern");
    List<Tier> tiers = tiers();
    if (SafePattern.of(pattern, true) == null) {
      throw ApiException.invalidRequest("matchPattern is not a valid regex pattern (Postgres)");
    }
    String unit = choice("unit", UNITS);
    return new Model(
        id,
        Instant.ofEpochMilli(now.toEpochMilli()),
        name,
        pattern,
        startDate(),
        unit == null ? "TOKENS" : unit,
        choice("tokenizerId", TOKENIZERS),
        body.hasNonNull("tokenizerConfig") ? body.path("tokenizerConfig").toString() : null,
        false,
        tiers);
  }

  private String text(String field) {
    JsonNode value = body.path(field);
    if (!value.isTextual()) {
      throw Issues.invalidType(field, "string", kind(value));
    }
    return value.textValue();
  }

  private @Nullable String choice(String field, Set<String> allowed) {
    JsonNode value = body.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!allowed.contains(value.asText())) {
      throw Issues.custom(
          field,
          "Invalid option: expected one of "
              + String.join("|", allowed.stream().sorted().toList()));
    }
    return value.asText();
  }

  private @Nullable Instant startDate() {
    JsonNode value = body.path("startDate");
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return Instant.ofEpochMilli(value.longValue());
    }
    Instant instant = Parameters.parseInstant(value.asText());
    if (instant != null) {
      return instant;
    }
    try {
      return LocalDate.parse(value.asText()).atStartOfDay().toInstant(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw Issues.invalidDate("startDate");
    }
  }

  private List<Tier> tiers() {
    Map<String, BigDecimal> flat = flatPrices();
    JsonNode array = body.path(TIERS);
    boolean tiered = array.isArray() && !array.isEmpty();
    if (!array.isMissingNode() && !array.isNull() && !array.isArray()) {
      throw Issues.invalidType(TIERS, "array", kind(array));
    }
    if (tiered != flat.isEmpty()) {
      throw Issues.custom(
          TIERS,
          "Must provide either flat prices (inputPrice/outputPrice/totalPrice) OR pricingTiers"
              + (tiered ? ", not both" : ""));
    }
    if (!tiered) {
      if (flat.containsKey("total") && flat.size() > 1) {
        throw Issues.custom(
            "totalPrice", "If input and/or output price is set, total price must be null");
      }
      return List.of(new Tier(id + "_tier_default", "Standard", true, 0, List.of(), flat));
    }
    List<Tier> tiers = new ArrayList<>();
    for (JsonNode tier : array) {
      tiers.add(tier(tier, tiers.size()));
    }
    checkTogether(tiers);
    return tiers;
  }

  private Map<String, BigDecimal> flatPrices() {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    for (String type : FLAT) {
      String field = type + "Price";
      JsonNode value = body.path(field);
      if (!value.isMissingNode() && !value.isNull()) {
        prices.put(type, price(field, value));
      }
    }
    return prices;
  }

  private static BigDecimal price(String field, JsonNode value) {
    if (!value.isNumber()) {
      throw Issues.invalidType(field, "number", kind(value));
    }
    BigDecimal price = value.decimalValue();
    // Digits that no price has would only be long to reckon with.
    if (price.precision() > 60 || Math.abs(price.scale()) > 60) {
      throw Issues.custom(field, "Invalid input: not a price");
    }
    if (price.signum() < 0) {
      throw Issues.tooSmall(field, 0);
    }
    return price;
  }

  private Tier tier(JsonNode json, int index) {
    String name = json.path("name").asText().strip();
    check(!name.isEmpty(), "Name cannot be empty");
    check(
        name.length() <= LONGEST_TIER_NAME,
        "Name exceeds maximum length of " + LONGEST_TIER_NAME + " characters");
    JsonNode priority = json.path("priority");
    check(
        priority.isInt() && priority.intValue() >= 0 && priority.intValue() <= HIGHEST_PRIORITY,
        "Priority must be an integer from 0 to " + HIGHEST_PRIORITY);
    check(json.path("conditions").isArray(), "Conditions must be an array");
    json.path("conditions").forEach(condition -> checkCondition(name, condition));
    check(json.path("prices").isObject(), "Prices must be an object");
    json.path("prices").properties().forEach(entry -> price(TIERS, entry.getValue()));
    boolean isDefault = json.path("isDefault").asBoolean();
    return new Tier(
        id + (isDefault ? "_tier_default" : "_tier_" + index),
        name,
        isDefault,
        priority.intValue(),
        ModelJson.conditions(json.path("conditions")),
        ModelJson.prices(json.path("prices")));
  }

  private static void checkCondition(String tier, JsonNode condition) {
    if (condition.has("usageDetailPattern")) {
      String pattern = condition.path("usageDetailPattern").asText();
      check(
          !pattern.isEmpty()
              && pattern.length() <= LONGEST_PATTERN
              && SafePattern.of(pattern, true) != null,
          "Invalid regex pattern in tier \"" + tier + "\"");
      check(
          COMPARISONS.contains(condition.path("operator").asText()),
          "Invalid operator in tier \"" + tier + "\"");
      price(TIERS, condition.path("value"));
    } else {
      check(
          SOURCES.contains(condition.path("source").asText())
              && !condition.path("key").asText().isEmpty()
              && condition.path("key").asText().length() <= LONGEST_PATTERN
              && "in".equals(condition.path("operator").asText())
              && condition.path("values").isArray()
              && !condition.path("values").isEmpty(),
          "Invalid condition in tier \"" + tier + "\"");
    }
  }

  private static void checkTogether(List<Tier> tiers) {
    long defaults = tiers.stream().filter(Tier::isDefault).count();
    check(defaults > 0, "Exactly one pricing tier must have isDefault: true");
    check(defaults == 1, "Only one pricing tier can have isDefault: true, found " + defaults);
    Tier standard = tiers.stream().filter(Tier::isDefault).findFirst().orElseThrow();
    check(standard.priority() == 0, "Default pricing tier must have priority: 0");
    check(standard.conditions().isEmpty(), "Default pricing tier must have empty conditions array");
    Set<Integer> priorities = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (Tier tier : tiers) {
      check(
          tier.isDefault() || !tier.conditions().isEmpty(),
          "Non-default pricing tier \"" + tier.name() + "\" must have at least one condition");
      check(
          priorities.add(tier.priority()), "Pricing tier priorities must be unique within a model");
      check(names.add(tier.name()), "Pricing tier names must be unique");
      check(
          !tier.prices().isEmpty(),
          "Pricing tier \"" + tier.name() + "\" must have at least one price defined");
      check(
          tier.prices().keySet().equals(standard.prices().keySet()),
          "Pricing tier \"" + tier.name() + "\" must have the same usage keys as the default tier");
    }
  }

  private static void check(boolean holds, String message) {
    if (!holds) {
      throw Issues.custom(TIERS, message);
    }
  }

  private static String kind(JsonNode value) {
    return value.isMissingNode()
        ? "undefined"
        : value.getNodeType().toString().toLowerCase(Locale.ROOT);
  }
}
