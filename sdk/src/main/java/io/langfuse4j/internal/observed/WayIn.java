package io.langfuse4j.internal.observed;

/** By which way a call of a method came to be observed. */
public enum WayIn {
  PROXY,
  SPRING,
  CDI,
  WOVEN
}
