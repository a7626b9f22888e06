package io.langfuse4j.server.ingest;

import io.langfuse4j.server.http.Body;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An export as it was received.
 *
 * @param json whether the body is OTLP/JSON; otherwise it is protobuf
 */
public record Entry(String project, boolean json, boolean gzip, Body body) {
  private static final int JSON = 1;
  private static final int GZIP = 2;

  /** The body, expanded. It has been read once before, so that it is known not to be a bomb. */
  InputStream open() throws IOException {
    return gzip ? new GZIPInputStream(body.open(), 8_192) : body.open();
  }

  /** Bytes that {@link #encode} gives. */
  long size() {
    return 1L
        + Integer.BYTES
        + project.getBytes(StandardCharsets.UTF_8).length
        + body.chunks().stream().mapToLong(chunk -> chunk.length).sum();
  }

  /** What the journal keeps: flags, length of the project's id, that id, the body. */
  List<ByteBuffer> encode() {
    byte[] id = project.getBytes(StandardCharsets.UTF_8);
    ByteBuffer head = ByteBuffer.allocate(1 + Integer.BYTES + id.length);
    head.put((byte) ((json ? JSON : 0) | (gzip ? GZIP : 0))).putInt(id.length).put(id).flip();
    List<ByteBuffer> parts = new ArrayList<>();
    parts.add(head);
    body.chunks().forEach(chunk -> parts.add(ByteBuffer.wrap(chunk)));
    return parts;
  }

  static Entry decode(byte[] kept) {
    ByteBuffer buffer = ByteBuffer.wrap(kept);
    int flags = buffer.get();
    byte[] id = new byte[buffer.getInt()];
    buffer.get(id);
    byte[] body = Arrays.copyOfRange(kept, buffer.position(), kept.length);
    return new Entry(
        new String(id, StandardCharsets.UTF_8),
        (flags & JSON) != 0,
        (flags & GZIP) != 0,
        new Body(List.of(body)));
  }
}
