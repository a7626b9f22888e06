/**
 * Traces Anthropic's Java client by standing in front of its interfaces. {@link LangfuseAnthropic}
 * is the way in. Models are read as JSON, so that new kinds of content do not break it.
 */
@NullMarked
package io.langfuse4j.instrumentation.anthropic;

import org.jspecify.annotations.NullMarked;
