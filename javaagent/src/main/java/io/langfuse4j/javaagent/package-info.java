/**
 * The Java agent: weaves {@code @Observe} into application classes as they are loaded, and lets the
 * current observation follow tasks into executors. Contains no SDK; the application has its own.
 */
@NullMarked
package io.langfuse4j.javaagent;

import org.jspecify.annotations.NullMarked;
