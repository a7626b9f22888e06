/**
 * What the authors of an integration compile against: the life of a model call from its start to
 * its one end, usage in buckets that do not overlap, streams and futures that are followed without
 * being changed. What a generation looks like is known here, once; nothing here knows a library.
 */
@NullMarked
package io.langfuse4j.instrumentation;

import org.jspecify.annotations.NullMarked;
