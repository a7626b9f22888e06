package io.langfuse4j.server.api;

import io.langfuse4j.server.http.ApiException;
import io.langfuse4j.server.http.MemoryBudget;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Counts what a body expands to, against a limit and the memory budget, so that a small zip cannot
 * become a large object. Confined to one thread.
 */
final class ExpandingStream extends FilterInputStream {
  private static final int STEP = 64 * 1024;

  private final long limit;
  private final MemoryBudget.Reservation memory;
  private long count;
  private long reserved;

  ExpandingStream(InputStream in, long limit, MemoryBudget.Reservation memory) {
    super(in);
    this.limit = limit;
    this.memory = memory;
  }

  @Override
  public int read() throws IOException {
    int value = super.read();
    if (value >= 0) {
      account(1);
    }
    return value;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    if (read > 0) {
      account(read);
    }
    return read;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  private void account(int bytes) {
    count += bytes;
    if (count > limit) {
      throw ApiException.of(
          413, "Request body expands to more than " + limit + " bytes", "PayloadTooLarge");
    }
    while (reserved < count) {
      memory.grow(STEP);
      reserved += STEP;
    }
  }
}
