/**
 * Hides text on its way out: applies an application's mask to everything of a span that is text,
 * and holds the rules of the ready-made masks. Leaves out what the application does not want to
 * send at all.
 */
@NullMarked
package io.langfuse4j.internal.masking;

import org.jspecify.annotations.NullMarked;
