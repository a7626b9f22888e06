/**
 * Traces Google's Gen AI client. That client is made of final classes, so its HTTP client is where
 * calls are seen: {@link LangfuseGoogleGenAI} puts an interceptor there, the rest reads what is on
 * the wire.
 */
@NullMarked
package io.langfuse4j.instrumentation.genai;

import org.jspecify.annotations.NullMarked;
