/**
 * Traces OpenAI's Java client by standing in front of its interfaces. {@link LangfuseOpenAI} is the
 * way in; the rest reads requests and answers of one kind of operation each. No class here is named
 * for a version: models are read as JSON, so that new fields and services do not break it.
 */
@NullMarked
package io.langfuse4j.instrumentation.openai;

import org.jspecify.annotations.NullMarked;
