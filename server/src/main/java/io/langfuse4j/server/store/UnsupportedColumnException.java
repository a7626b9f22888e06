package io.langfuse4j.server.store;

/** A filter or order named a column, or an operator on a column, that the store does not have. */
public final class UnsupportedColumnException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnsupportedColumnException(String message) {
    super(message);
  }
}
