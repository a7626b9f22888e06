package io.langfuse4j.server.http;

/** What a route asks of its caller. */
public enum Access {
  /** Nothing: health checks. */
  OPEN,
  /** The project's keys, if keys are required, to send data. Pages of any origin may. */
  SEND,
  /** As {@link #SEND}; the public key alone, as a bearer token, is enough to send scores. */
  SCORE,
  /** The project's keys, if keys are required, to read or delete. */
  READ,
  /** The organization's keys, if keys are required, to make projects and keys. */
  MANAGE,
  /** As {@link #READ}, for the viewer's own pages and no others. */
  VIEW
}
