/**
 * Rewrites classes so that methods with {@code @Observe} observe themselves, whoever calls them:
 * private, static and final ones too, and calls within one class. Serves the build plugin and the
 * Java agent; what happens during a call is the SDK's.
 */
@NullMarked
package io.langfuse4j.weaving;

import org.jspecify.annotations.NullMarked;
