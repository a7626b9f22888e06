package io.langfuse4j.server.http;

/**
 * What the answer to a request may have to wait for. Each lane has threads of its own, so that
 * something that hangs holds up the requests that need it, and no others.
 */
public enum Lane {
  /** Nothing that could hang: health, the API's description, signing in. */
  SERVER,
  /** Receiving and understanding exports; what becomes of them is waited for without a thread. */
  INGEST,
  /** The database of prompts, datasets, keys and the rest, or where files are kept. */
  METADATA,
  /** The store of traces, observations and scores. */
  TRACES
}
