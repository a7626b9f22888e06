/**
 * A small client for the chat completions endpoint that OpenAI defined and most providers answer:
 * plain and streamed replies, tools, token counts. Nothing here knows about tracing.
 */
@NullMarked
package io.langfuse4j.examples.helpdesk.chat;

import org.jspecify.annotations.NullMarked;
