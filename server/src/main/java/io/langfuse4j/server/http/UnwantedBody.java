package io.langfuse4j.server.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read because its sender is still sending. Confined to the connection's I/O thread.
 */
final class UnwantedBody implements Destination {
  private static final int BUFFER = 64 * 1024;

  private final MemoryBudget.Reservation memory;
  private @Nullable ByteBuffer buffer;

  UnwantedBody(MemoryBudget.Reservation memory) {
    this.memory = memory;
  }

  @Override
  public ByteBuffer room(long expected, Flow flow) {
    ByteBuffer current = buffer;
    if (current == null) {
      memory.grow(BUFFER);
      current = ByteBuffer.allocate(BUFFER);
      buffer = current;
    }
    return current.clear();
  }

  @Override
  public void finish(Flow flow) {
    flow.finished();
  }

  @Override
  public void abandon() {}
}
