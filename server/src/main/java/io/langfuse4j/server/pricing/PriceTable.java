package io.langfuse4j.server.pricing;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.pricing.Model.Comparison;
import io.langfuse4j.server.pricing.Model.Condition;
import io.langfuse4j.server.pricing.Model.Source;
import io.langfuse4j.server.pricing.Model.Tier;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Our own prices, from {@code prices.json}: read when the first model is looked for, never at
 * start. A family's units say which usage types one published price is for.
 */
final class PriceTable {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS).build();

  private final List<Model> models;
  private final Map<String, Model> byId = new HashMap<>();

  private PriceTable(JsonNode table) {
    List<JsonNode> entries = new ArrayList<>();
    table.path("models").forEach(entries::add);
    // ISO dates: newest figures first, otherwise as written.
    entries.sort(Comparator.comparing((JsonNode entry) -> entry.path("asOf").asText()).reversed());
    List<Model> read = new ArrayList<>();
    for (JsonNode entry : entries) {
      JsonNode family = table.path("families").path(entry.path("family").asText());
      Model model = model(entry, family);
      if (byId.put(model.id(), model) != null) {
        throw new IllegalStateException("Two prices with the id " + model.id());
      }
      read.add(model);
    }
    models = List.copyOf(read);
  }

  /** The table, read with the first call. */
  static PriceTable instance() {
    return Holder.INSTANCE;
  }

  List<Model> models() {
    return models;
  }

  @Nullable Model byId(String id) {
    return byId.get(id);
  }

  private static Model model(JsonNode entry, JsonNode family) {
    String name = entry.path("name").asText();
    String id = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-");
    return new Model(
        id,
        day(entry.path("added")),
        name,
        family.path("pattern").asText().replace("%s", entry.path("match").asText()),
        null,
        "TOKENS",
        entry.has("countAs") ? "openai" : text(entry.get("tokenizer")),
        entry.has("countAs") ? tokenizerConfig(entry) : null,
        true,
        tiers(id, entry, family.path("units")));
  }

  private static String tokenizerConfig(JsonNode entry) {
    ObjectNode config = MAPPER.createObjectNode();
    config.put("tokensPerName", entry.path("perName").asInt(1));
    config.set("tokenizerModel", entry.get("countAs"));
    config.put("tokensPerMessage", entry.path("perMessage").asInt(3));
    return config.toString();
  }

  private static List<Tier> tiers(String id, JsonNode entry, JsonNode units) {
    List<Tier> tiers = new ArrayList<>();
    tiers.add(
        new Tier(
            id + "_standard",
            "Standard",
            true,
            0,
            List.of(),
            prices(entry.path("perMillion"), units)));
    for (JsonNode tier : entry.path("tiers")) {
      int priority = tiers.size();
      tiers.add(
          new Tier(
              id + "_tier_" + priority,
              tier.path("name").asText(),
              false,
              priority,
              conditions(tier.path("when")),
              prices(tier.path("perMillion"), units)));
    }
    return tiers;
  }

  private static List<Condition> conditions(JsonNode when) {
    List<Condition> conditions = new ArrayList<>();
    for (JsonNode condition : when) {
      if (condition.has("parameter")) {
        List<String> values = new ArrayList<>();
        condition.path("in").forEach(value -> values.add(value.asText()));
        conditions.add(
            new Condition.Attribute(
                Source.MODEL_PARAMETERS, condition.path("parameter").asText(), values));
      } else {
        conditions.add(
            new Condition.Usage(
                condition.path("usage").asText(),
                Comparison.GT,
                condition.path("above").decimalValue(),
                false));
      }
    }
    return conditions;
  }

  private static Map<String, BigDecimal> prices(JsonNode perMillion, JsonNode units) {
    Map<String, BigDecimal> prices = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> figure : perMillion.properties()) {
      JsonNode usageTypes = units.path(figure.getKey());
      if (usageTypes.isEmpty()) {
        throw new IllegalStateException("No units for a price of " + figure.getKey());
      }
      BigDecimal price = figure.getValue().decimalValue().movePointLeft(6);
      usageTypes.forEach(type -> prices.put(type.asText(), price));
    }
    return prices;
  }

  private static Instant day(JsonNode date) {
    return LocalDate.parse(date.asText()).atStartOfDay().toInstant(ZoneOffset.UTC);
  }

  private static @Nullable String text(@Nullable JsonNode node) {
    return node == null ? null : node.asText();
  }

  private static final class Holder {
    static final PriceTable INSTANCE = read();

    private static PriceTable read() {
      try (InputStream stream = PriceTable.class.getResourceAsStream("prices.json")) {
        if (stream == null) {
          throw new IllegalStateException("No prices.json on the class path");
        }
        return new PriceTable(MAPPER.readTree(stream));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
