package io.langfuse4j.server.store.sqlite;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Text as it lies in content tables: one byte that names the encoding, then the bytes. A new
 * encoding takes a new number; old files stay readable.
 */
final class Blobs {
  private static final byte PLAIN = 0;
  private static final byte ZSTD = 1;
  private static final int WORTH_COMPRESSING = 200;
  private static final int FASTEST = 1;

  private Blobs() {}

  static byte @Nullable [] encodeNullable(@Nullable String text) {
    return text == null ? null : encode(text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] encode(byte[] utf8) {
    if (utf8.length < WORTH_COMPRESSING) {
      return tagged(PLAIN, utf8, utf8.length);
    }
    byte[] target = new byte[(int) Zstd.compressBound(utf8.length) + 1];
    long size = Zstd.compressByteArray(target, 1, target.length - 1, utf8, 0, utf8.length, FASTEST);
    if (Zstd.isError(size) || size >= utf8.length) {
      return tagged(PLAIN, utf8, utf8.length);
    }
    target[0] = ZSTD;
    return Arrays.copyOf(target, (int) size + 1);
  }

  static @Nullable String decodeNullable(byte @Nullable [] blob) {
    return blob == null ? null : decode(blob);
  }

  static String decode(byte[] blob) {
    return new String(bytes(blob), StandardCharsets.UTF_8);
  }

  static byte[] bytes(byte[] blob) {
    if (blob.length == 0) {
      throw new IllegalStateException("Content without an encoding byte");
    }
    byte[] content = Arrays.copyOfRange(blob, 1, blob.length);
    return switch (blob[0]) {
      case PLAIN -> content;
      case ZSTD -> Zstd.decompress(content, Math.toIntExact(Zstd.getFrameContentSize(content)));
      default ->
          throw new IllegalStateException(
              "Content of encoding " + blob[0] + " was written by a newer version");
    };
  }

  private static byte[] tagged(byte encoding, byte[] bytes, int length) {
    byte[] blob = new byte[length + 1];
    blob[0] = encoding;
    System.arraycopy(bytes, 0, blob, 1, length);
    return blob;
  }
}
