package io.langfuse4j.server.store;

/** The store has as much unfinished work as it may hold; the same request may succeed shortly. */
public final class StoreBusyException extends StoreException {
  private static final long serialVersionUID = 1L;

  public StoreBusyException(String message) {
    super(message);
  }
}
