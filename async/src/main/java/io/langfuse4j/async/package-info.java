/**
 * Results of asynchronous libraries: Mutiny, RxJava 3, Kotlin's coroutines and flows, and plain
 * Reactive Streams. Each is used if its library is there; found by service loading, so adding the
 * module is all there is to do.
 */
@NullMarked
package io.langfuse4j.async;

import org.jspecify.annotations.NullMarked;
