/**
 * Turns any value an application passes into attribute text. Never throws, never follows a cycle,
 * never reads a stream, and stays within a byte budget.
 */
@NullMarked
package io.langfuse4j.internal.json;

import org.jspecify.annotations.NullMarked;
