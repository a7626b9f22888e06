/**
 * Results that are not there yet when a method returns: futures, publishers, streams, iterators.
 * Each kind has one strategy, which keeps the observation open until the result is complete,
 * cancelled, failed or abandoned. Not API.
 */
@NullMarked
package io.langfuse4j.internal.result;

import org.jspecify.annotations.NullMarked;
