/**
 * The way of scores to the server: what is queued, how it is written as ingestion events, and what
 * becomes of each event. Queue, retries and messages are those of the export package.
 */
@NullMarked
package io.langfuse4j.internal.scores;

import org.jspecify.annotations.NullMarked;
