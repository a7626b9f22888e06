/**
 * Mono and Flux as results of observed methods: one observation per subscription. Found by service
 * loading, so adding the module is all there is to do.
 */
@NullMarked
package io.langfuse4j.reactor;

import org.jspecify.annotations.NullMarked;
