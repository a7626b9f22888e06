package io.langfuse4j.server.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.server.pricing.Model.Tier;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Compares our table with Langfuse's, where a copy of that lies beside the repository. */
class LangfusePricesTest {
  private static final Catalog OURS = new Catalog(List.of());
  private static final List<JsonNode> THEIRS = new ArrayList<>();

  @BeforeAll
  static void read() throws IOException {
    Path folder = Path.of("..", "..", "shared", "fixtures", "model-prices");
    assumeTrue(Files.isDirectory(folder), "No copy of Langfuse's prices in " + folder);
    ObjectMapper mapper =
        new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        mapper.readTree(file.toFile()).forEach(THEIRS::add);
      }
    }
    assertThat(THEIRS).hasSizeGreaterThan(150);
  }

  /** Names that the pattern was written for, made from the pattern itself. */
  private static List<String> names(JsonNode model) {
    SafePattern theirs = SafePattern.of(model.path("matchPattern").asText(), true);
    String name = model.path("modelName").asText();
    String claude = name.replaceFirst("-(20[0-9]{6})$", "");
    List<String> names = new ArrayList<>();
    for (String candidate :
        List.of(
            name,
            name.replace("3.5", "35"),
            name.replace("3.5", "3-5"),
            name.replace("3.7", "3-7"),
            name + ":org::id",
            name + "@001",
            "openai/" + name,
            "anthropic/" + name,
            "google/" + name,
            "googleai/" + name,
            name.toUpperCase(Locale.ROOT),
            "anthropic." + name + "-v1:0",
            "us.anthropic." + name + "-v1:0",
            "eu.anthropic." + name + "-v2:0",
            "global.anthropic." + name,
            "jp.anthropic." + name + "-v1",
            claude,
            claude + "@" + name.replaceFirst(".*-", ""),
            claude + "-V1@" + name.replaceFirst(".*-", ""),
            claude + "-V2@" + name.replaceFirst(".*-", ""),
            "gpt-4-1106-vision-preview")) {
      if (theirs.isFoundIn(candidate)) {
        names.add(candidate);
      }
    }
    return names;
  }

  @Test
  void match_everyNameOfTheirs_isChargedAsThere() {
    for (JsonNode model : THEIRS) {
      List<String> names = names(model);
      assertThat(names).as(model.path("modelName").asText()).isNotEmpty();
      for (String name : names) {
        Model ours = OURS.match(name);
        assertThat(ours).as(name).isNotNull();
        assertSameTiers(name, model, ours);
      }
    }
  }

  private static void assertSameTiers(String name, JsonNode theirs, Model ours) {
    JsonNode tiers = theirs.path("pricingTiers");
    assertThat(ours.tiers()).as(name).hasSize(tiers.size());
    for (JsonNode tier : tiers) {
      Tier same =
          ours.tiers().stream()
              .filter(candidate -> candidate.priority() == tier.path("priority").asInt())
              .findFirst()
              .orElseThrow();
      assertThat(same.name()).as(name).isEqualTo(tier.path("name").asText());
      assertThat(same.isDefault()).as(name).isEqualTo(tier.path("isDefault").asBoolean());
      assertThat(same.conditions()).as(name).hasSize(tier.path("conditions").size());
      for (Map.Entry<String, JsonNode> price : tier.path("prices").properties()) {
        BigDecimal mine = same.prices().get(price.getKey());
        assertThat(mine)
            .as("%s, %s, %s", name, same.name(), price.getKey())
            .isNotNull()
            .isEqualByComparingTo(price.getValue().decimalValue());
      }
    }
  }

  @Test
  void match_tokenizers_areThere() {
    for (JsonNode model : THEIRS) {
      Model ours = OURS.match(names(model).get(0));
      assertThat(ours.tokenizerId())
          .as(ours.name())
          .isEqualTo(model.hasNonNull("tokenizerId") ? model.path("tokenizerId").asText() : null);
    }
  }
}
