package io.langfuse4j.instrumentation.testing;

/** The kinds of answer that the contract knows. */
public enum ChatReply {
  /** {@code Hello Ada.} */
  TEXT,
  /** The weather in Paris is asked for. */
  TOOL,
  /** The weather in Paris and in Rome, at once. */
  PARALLEL_TOOLS,
  /** {@code I will not.} */
  REFUSAL,
  /** An answer without content. */
  NOTHING
}
