/**
 * Attributes that belong to a whole trace: how they travel in the OpenTelemetry context and in W3C
 * baggage, and what makes a value acceptable.
 */
@NullMarked
package io.langfuse4j.internal.propagation;

import org.jspecify.annotations.NullMarked;
