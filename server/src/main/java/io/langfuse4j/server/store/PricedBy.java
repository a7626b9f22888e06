package io.langfuse4j.server.store;

import org.jspecify.annotations.Nullable;

/**
 * Which model and tier an observation was priced by when it was stored.
 *
 * @param modelId null if its name meant no known model
 * @param tierId null if there was no usage to choose a tier by
 */
public record PricedBy(
    @Nullable String modelId, @Nullable String tierId, @Nullable String tierName) {
  public static final PricedBy NOTHING = new PricedBy(null, null, null);
}
