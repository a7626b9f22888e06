/**
 * Traces Spring AI through the observations that it makes of itself. One reader for each kind of
 * observation, loaded only if the application has that part of Spring AI; how a model call is
 * recorded is known in {@code io.langfuse4j.instrumentation}.
 */
@NullMarked
package io.langfuse4j.instrumentation.springai;

import org.jspecify.annotations.NullMarked;
