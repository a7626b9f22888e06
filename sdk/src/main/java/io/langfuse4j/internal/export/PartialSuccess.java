package io.langfuse4j.internal.export;

import java.net.http.HttpResponse;

/**
 * Reads {@code ExportTraceServiceResponse.partial_success.rejected_spans} (field 1 of field 1). A
 * Langfuse server answers with JSON of its own also to protobuf, which counts as full success.
 */
final class PartialSuccess {

  private final byte[] message;
  private int at;

  private PartialSuccess(byte[] message) {
    this.message = message;
  }

  static long rejectedSpans(HttpResponse<byte[]> response) {
    boolean protobuf =
        response
            .headers()
            .firstValue("Content-Type")
            .map(type -> type.startsWith("application/x-protobuf"))
            .orElse(false);
    return protobuf ? new PartialSuccess(response.body()).read() : 0;
  }

  private long read() {
    try {
      if (message.length == 0 || varint() != (1 << 3 | 2)) {
        return 0;
      }
      varint();
      return at < message.length && varint() == 1 << 3 ? varint() : 0;
    } catch (IndexOutOfBoundsException malformed) {
      return 0;
    }
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      byte b = message[at++];
      value |= (long) (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw new IndexOutOfBoundsException("varint of more than ten bytes");
  }
}
