package io.langfuse4j.server.model;

/** How serious an observation is, in ascending order. */
public enum Level {
  DEBUG,
  DEFAULT,
  WARNING,
  ERROR
}
