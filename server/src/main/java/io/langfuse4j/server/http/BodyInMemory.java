package io.langfuse4j.server.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A body in pieces, within the memory budget. Confined to the connection's I/O thread. */
final class BodyInMemory implements Destination {
  private static final int CHUNK = 64 * 1024;

  private final MemoryBudget.Reservation memory;
  private final List<byte[]> chunks = new ArrayList<>();
  private ByteBuffer buffer = ByteBuffer.allocate(0);

  BodyInMemory(MemoryBudget.Reservation memory) {
    this.memory = memory;
  }

  /** As large as what is still to come, so that many small requests do not hold much. */
  @Override
  public ByteBuffer room(long expected, Flow flow) {
    if (!buffer.hasRemaining()) {
      keep();
      int capacity = expected < 0 ? CHUNK : (int) Math.min(CHUNK, Math.max(1, expected));
      memory.grow(capacity);
      buffer = ByteBuffer.allocate(capacity);
    }
    return buffer;
  }

  private void keep() {
    if (buffer.position() > 0) {
      byte[] bytes = buffer.array();
      chunks.add(buffer.hasRemaining() ? Arrays.copyOf(bytes, buffer.position()) : bytes);
    }
  }

  @Override
  public void finish(Flow flow) {
    keep();
    flow.finished();
  }

  @Override
  public void abandon() {
    chunks.clear();
  }

  /** When it is finished. */
  Body body() {
    return new Body(chunks);
  }
}
