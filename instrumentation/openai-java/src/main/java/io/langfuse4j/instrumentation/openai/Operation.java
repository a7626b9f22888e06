package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.ObservationType;

/**
 * A kind of call.
 *
 * @param name of the observation, unless the application chooses one
 */
record Operation(String name, ObservationType<?> type, Reader reader) {}
