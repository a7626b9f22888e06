/**
 * Langfuse's prompt management: prompts are fetched by name, kept for a while, compiled with
 * variables and linked to the generations that used them. Entered by {@code langfuse.prompts()}.
 */
@NullMarked
package io.langfuse4j.prompt;

import org.jspecify.annotations.NullMarked;
