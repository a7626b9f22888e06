package io.langfuse4j;

/** When an ended observation is sent. */
public enum ExportMode {
  /** In the background, together with others. The default. */
  BATCHED,

  /**
   * Before {@code end()} returns, or until the flush timeout has passed. For functions that are
   * frozen or stopped as soon as they return.
   */
  IMMEDIATE
}
