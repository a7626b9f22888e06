package io.langfuse4j;

/** How severe an observation is. {@link #ERROR} also sets the OpenTelemetry status. */
public enum Level {
  DEBUG,
  /** What an observation has when nothing is said. */
  DEFAULT,
  WARNING,
  ERROR
}
