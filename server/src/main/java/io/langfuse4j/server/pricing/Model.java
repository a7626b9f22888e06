package io.langfuse4j.server.pricing;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One model with its prices in US dollars per unit of usage.
 *
 * @param matchPattern regular expression, searched for in the names that senders give
 * @param startDate of several models that match, the one that started last wins
 * @param tokenizerConfig JSON text
 * @param managed from our own table, not defined by the project
 */
public record Model(
    String id,
    Instant createdAt,
    String name,
    String matchPattern,
    @Nullable Instant startDate,
    String unit,
    @Nullable String tokenizerId,
    @Nullable String tokenizerConfig,
    boolean managed,
    List<Tier> tiers) {

  public Model {
    tiers = List.copyOf(tiers);
  }

  /** The price of a usage type where no condition applies; null if it has none. */
  public @Nullable BigDecimal price(String usageType) {
    for (Tier tier : tiers) {
      if (tier.isDefault()) {
        return tier.prices().get(usageType);
      }
    }
    return null;
  }

  /** Prices that apply under conditions, all of which must hold. */
  public record Tier(
      String id,
      String name,
      boolean isDefault,
      int priority,
      List<Condition> conditions,
      Map<String, BigDecimal> prices) {

    public Tier {
      conditions = List.copyOf(conditions);
      prices = Collections.unmodifiableMap(new LinkedHashMap<>(prices));
    }
  }

  /** What a tier asks of an observation. */
  public sealed interface Condition {

    /** Units of all usage types that a pattern is found in, added up and compared. */
    record Usage(String pattern, Comparison comparison, BigDecimal value, boolean caseSensitive)
        implements Condition {}

    /** An entry of the model parameters or the metadata is one of some texts. */
    record Attribute(Source source, String key, List<String> values) implements Condition {
      public Attribute {
        values = List.copyOf(values);
      }
    }
  }

  /** Where an attribute condition looks. */
  public enum Source {
    MODEL_PARAMETERS,
    METADATA
  }

  /** How a usage condition compares. */
  public enum Comparison {
    GT,
    GTE,
    LT,
    LTE,
    EQ,
    NEQ;

    boolean holds(BigDecimal left, BigDecimal right) {
      int order = left.compareTo(right);
      return switch (this) {
        case GT -> order > 0;
        case GTE -> order >= 0;
        case LT -> order < 0;
        case LTE -> order <= 0;
        case EQ -> order == 0;
        case NEQ -> order != 0;
      };
    }
  }
}
