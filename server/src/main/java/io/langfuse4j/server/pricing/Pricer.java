package io.langfuse4j.server.pricing;

import io.langfuse4j.server.model.Level;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Observation.ModelCall;
import io.langfuse4j.server.pricing.Model.Tier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the model of an observation, counts its tokens where nobody did, and computes what it cost.
 * Nothing is loaded before the first observation that names a model. Thread-safe.
 */
public final class Pricer {
  private static final BigDecimal MOST = new BigDecimal("999999.999999");
  private static final int DECIMALS = 12;

  private final Function<String, List<Model>> ownModels;
  private final Map<String, Catalog> catalogs = new ConcurrentHashMap<>();

  /**
   * @param ownModels the models that a project has defined; asked again after {@link #forget}
   */
  public Pricer(Function<String, List<Model>> ownModels) {
    this.ownModels = ownModels;
  }

  /** To be called when a project's own models have changed, after the change can be read. */
  public void forget(String project) {
    catalogs.remove(project);
  }

  /** As {@link #forget}, of all projects. */
  public void forgetAll() {
    catalogs.clear();
  }

  /** The project's own models and ours. */
  public List<Model> models(String project) {
    return catalog(project).models();
  }

  /** One of {@link #models}, or null. */
  public @Nullable Model model(String project, String id) {
    return catalog(project).byId(id);
  }

  /**
   * @param observation with usage and cost as the sender gave them
   */
  public Priced price(String project, Observation observation, TokenBudget budget) {
    ModelCall call = observation.modelCall();
    String name = call.model();
    Model model = name == null ? null : catalog(project).match(name);
    if (model == null) {
      return Priced.given(call);
    }
    boolean infer =
        call.usage().isEmpty() && call.cost().isEmpty() && observation.level() != Level.ERROR;
    Map<String, Long> usage =
        infer ? TokenCounter.count(model, observation.content(), budget) : call.usage();
    Tier tier = TierChoice.of(model, observation, usage);
    boolean compute = call.cost().isEmpty() && tier != null;
    Map<String, BigDecimal> cost =
        call.cost().isEmpty() && tier != null ? cost(usage, tier.prices()) : call.cost();
    return new Priced(
        usage,
        cost,
        model.id(),
        tier == null ? null : tier.id(),
        tier == null ? null : tier.name(),
        infer && !usage.isEmpty(),
        compute && !cost.isEmpty());
  }

  private Catalog catalog(String project) {
    return catalogs.computeIfAbsent(project, id -> new Catalog(ownModels.apply(id)));
  }

  private static Map<String, BigDecimal> cost(
      Map<String, Long> usage, Map<String, BigDecimal> prices) {
    Map<String, BigDecimal> costs = new LinkedHashMap<>();
    BigDecimal sum = BigDecimal.ZERO;
    for (Map.Entry<String, Long> entry : usage.entrySet()) {
      BigDecimal price = prices.get(entry.getKey());
      if (price != null) {
        BigDecimal cost = price.multiply(BigDecimal.valueOf(entry.getValue()));
        sum = sum.add(cost);
        costs.put(entry.getKey(), bounded(cost));
      }
    }
    if (!costs.isEmpty()) {
      costs.putIfAbsent("total", bounded(sum));
    }
    return costs;
  }

  private static BigDecimal bounded(BigDecimal cost) {
    BigDecimal rounded =
        cost.min(MOST)
            .max(MOST.negate())
            .setScale(DECIMALS, RoundingMode.HALF_UP)
            .stripTrailingZeros();
    return rounded.scale() < 0 ? rounded.setScale(0) : rounded;
  }
}
