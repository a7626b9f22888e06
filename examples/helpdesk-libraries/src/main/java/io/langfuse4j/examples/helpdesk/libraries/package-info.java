/**
 * The help desk with libraries in place of its own client: each asks the model and is traced by its
 * integration. Nothing else changes, and the traces are the same.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk.libraries;

import org.jspecify.annotations.NullMarked;
