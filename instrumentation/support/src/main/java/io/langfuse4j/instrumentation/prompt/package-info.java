/**
 * Messages of compiled prompts, read once for all libraries. What turns them into the messages of
 * one library belongs into the integration of that library.
 */
@NullMarked
package io.langfuse4j.instrumentation.prompt;

import org.jspecify.annotations.NullMarked;
