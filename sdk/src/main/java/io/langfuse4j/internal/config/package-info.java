/**
 * Every setting once: its variable, its system property, how its text is read and what applies when
 * it is absent.
 */
@NullMarked
package io.langfuse4j.internal.config;

import org.jspecify.annotations.NullMarked;
