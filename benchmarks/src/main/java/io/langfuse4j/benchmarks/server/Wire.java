package io.langfuse4j.benchmarks.server;

import io.langfuse4j.benchmarks.server.Workload.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** The same items in the protobuf of OTLP and in that of Zipkin, gzip level 1 as exporters use. */
enum Wire {
  OTLP("/api/public/otel/v1/traces") {
    @Override
    void write(Message request, List<Item> items) {
      Message scope = new Message();
      scope.message(1, new Message().text(1, "langfuse-sdk").text(2, "1.0"));
      for (Item item : items) {
        scope.message(2, otlp(item));
      }
      Message resource = new Message().message(1, attribute("service.name", "load"));
      request.message(1, new Message().message(1, resource).message(2, scope));
    }
  },
  ZIPKIN("/api/v2/spans") {
    @Override
    void write(Message request, List<Item> items) {
      for (Item item : items) {
        request.message(1, zipkin(item));
      }
    }
  };

  private final String path;

  Wire(String path) {
    this.path = path;
  }

  String path() {
    return path;
  }

  abstract void write(Message request, List<Item> items);

  byte[] gzipped(List<Item> items) {
    Message request = new Message();
    write(request, items);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip =
        new GZIPOutputStream(bytes) {
          {
            def.setLevel(Deflater.BEST_SPEED);
          }
        }) {
      request.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Message otlp(Item item) {
    Message span = new Message().hex(1, item.traceId()).hex(2, item.id());
    if (!item.parentId().isEmpty()) {
      span.hex(4, item.parentId());
    }
    span.text(5, item.name())
        .number(6, 1)
        .fixed64(7, item.startNanos())
        .fixed64(8, item.endNanos());
    for (String[] attribute : item.attributes()) {
      span.message(9, attribute(attribute[0], attribute[1]));
    }
    if (item.error()) {
      span.message(15, new Message().text(2, "rate limited").number(3, 2));
    }
    return span;
  }

  private static Message attribute(String key, String value) {
    return new Message().text(1, key).message(2, new Message().text(1, value));
  }

  private static Message zipkin(Item item) {
    Message span = new Message().hex(1, item.traceId());
    if (!item.parentId().isEmpty()) {
      span.hex(2, item.parentId());
    }
    span.hex(3, item.id())
        .text(5, item.name())
        .fixed64(6, item.startNanos() / 1_000)
        .number(7, (item.endNanos() - item.startNanos()) / 1_000)
        .message(8, new Message().text(1, "load"));
    for (String[] attribute : item.attributes()) {
      span.message(11, new Message().text(1, attribute[0]).text(2, attribute[1]));
    }
    if (item.error()) {
      span.message(11, new Message().text(1, "error").text(2, "rate limited"));
    }
    return span;
  }

  /** A protobuf message being written. */
  static final class Message {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Message number(int field, long value) {
      varint((long) field << 3);
      varint(value);
      return this;
    }

    Message fixed64(int field, long value) {
      varint((long) field << 3 | 1);
      for (int i = 0; i < 8; i++) {
        bytes.write((int) (value >>> 8 * i));
      }
      return this;
    }

    Message text(int field, String value) {
      return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    Message hex(int field, String value) {
      return bytes(field, HexFormat.of().parseHex(value));
    }

    Message message(int field, Message value) {
      return bytes(field, value.bytes.toByteArray());
    }

    private Message bytes(int field, byte[] value) {
      varint((long) field << 3 | 2);
      varint(value.length);
      bytes.write(value, 0, value.length);
      return this;
    }

    private void varint(long value) {
      long left = value;
      while ((left & ~0x7FL) != 0) {
        bytes.write((int) (left & 0x7F | 0x80));
        left >>>= 7;
      }
      bytes.write((int) left);
    }

    void writeTo(GZIPOutputStream out) throws IOException {
      bytes.writeTo(out);
    }
  }
}
