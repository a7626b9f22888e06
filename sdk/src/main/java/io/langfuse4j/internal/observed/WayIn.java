package io.langfuse4j.internal.observed;

/** By which way a call of a method came to be observed. */
public enum WayIn {
  PROXY(1),
  SPRING(2),
  CDI(4),
  WOVEN(8);

  /** For sets of ways that are cheap to keep with every call. */
  final int bit;

  WayIn(int bit) {
    this.bit = bit;
  }
}
