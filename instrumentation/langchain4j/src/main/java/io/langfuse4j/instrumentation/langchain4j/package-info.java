/**
 * Traces LangChain4j: its models through wrappers and listeners, its AI services through the
 * context that LangChain4j makes for each. Only what translates between LangChain4j's types and
 * observations belongs here; how a model call is recorded is known in {@code
 * io.langfuse4j.instrumentation}.
 */
@NullMarked
package io.langfuse4j.instrumentation.langchain4j;

import org.jspecify.annotations.NullMarked;
