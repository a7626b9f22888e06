package io.langfuse4j.server.model;

/** The ten kinds of observation. The names are the ones that Langfuse stores and returns. */
public enum ObservationType {
  SPAN,
  GENERATION,
  EVENT,
  EMBEDDING,
  AGENT,
  TOOL,
  CHAIN,
  RETRIEVER,
  EVALUATOR,
  GUARDRAIL
}
