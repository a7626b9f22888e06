/**
 * What observations cost: the price table, finding the model that a name means, choosing a tier,
 * counting tokens where the sender did not, and the arithmetic. Nothing here stores or serves;
 * {@link io.langfuse4j.server.pricing.Pricer} is asked by stores when they store.
 */
@NullMarked
package io.langfuse4j.server.pricing;

import org.jspecify.annotations.NullMarked;
