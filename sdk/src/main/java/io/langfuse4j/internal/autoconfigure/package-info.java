/**
 * What OpenTelemetry's autoconfiguration finds by itself: the span processor and the propagator.
 * Loaded by nobody else, because its interfaces are an optional dependency.
 */
@NullMarked
package io.langfuse4j.internal.autoconfigure;

import org.jspecify.annotations.NullMarked;
