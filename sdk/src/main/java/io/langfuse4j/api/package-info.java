/**
 * The public API of a Langfuse server, thinly: one method for each endpoint, answers as objects
 * that also show what this version does not know by name. Entered by {@code langfuse.api()}.
 */
@NullMarked
package io.langfuse4j.api;

import org.jspecify.annotations.NullMarked;
