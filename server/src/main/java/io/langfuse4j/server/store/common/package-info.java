/**
 * What is the same in every store: how a span or score that arrives again is merged, the words that
 * are searched, the texts that columns hold, and the one thread that writes.
 */
@NullMarked
package io.langfuse4j.server.store.common;

import org.jspecify.annotations.NullMarked;
