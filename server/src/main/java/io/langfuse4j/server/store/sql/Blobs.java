package io.langfuse4j.server.store.sql;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Text as it lies in content tables: one byte that names the encoding, then the bytes. A new
 * encoding takes a new number; old files stay readable.
 */
public final class Blobs {
  private static final byte PLAIN = 0;
  private static final byte ZSTD = 1;
  private static final int WORTH_COMPRESSING = 200;
  private static final int FASTEST = 1;

  /** Making a context costs as much as compressing a few kilobytes with it. */
  private static final BlockingQueue<ZstdCompressCtx> IDLE =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private static final BlockingQueue<ZstdDecompressCtx> IDLE_DECOMPRESSORS =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  private Blobs() {}

  public static byte @Nullable [] encodeNullable(@Nullable String text) {
    return text == null ? null : encode(text.getBytes(StandardCharsets.UTF_8));
  }

  public static byte[] encode(byte[] utf8) {
    if (utf8.length < WORTH_COMPRESSING) {
      return tagged(PLAIN, utf8, utf8.length);
    }
    byte[] target = new byte[(int) Zstd.compressBound(utf8.length) + 1];
    int size = compress(utf8, target);
    if (size >= utf8.length) {
      return tagged(PLAIN, utf8, utf8.length);
    }
    target[0] = ZSTD;
    return Arrays.copyOf(target, size + 1);
  }

  private static int compress(byte[] from, byte[] target) {
    ZstdCompressCtx context = IDLE.poll();
    if (context == null) {
      context = new ZstdCompressCtx().setLevel(FASTEST);
    }
    int size = context.compressByteArray(target, 1, target.length - 1, from, 0, from.length);
    if (!IDLE.offer(context)) {
      context.close();
    }
    return size;
  }

  public static @Nullable String decodeNullable(byte @Nullable [] blob) {
    return blob == null ? null : decode(blob);
  }

  public static String decode(byte[] blob) {
    return new String(bytes(blob), StandardCharsets.UTF_8);
  }

  public static byte @Nullable [] bytesOrNull(byte @Nullable [] blob) {
    return blob == null ? null : bytes(blob);
  }

  public static byte[] bytes(byte[] blob) {
    if (blob.length == 0) {
      throw new IllegalStateException("Content without an encoding byte");
    }
    return switch (blob[0]) {
      case PLAIN -> Arrays.copyOfRange(blob, 1, blob.length);
      case ZSTD -> decompress(blob);
      default ->
          throw new IllegalStateException(
              "Content of encoding " + blob[0] + " was written by a newer version");
    };
  }

  private static byte[] decompress(byte[] blob) {
    int length = blob.length - 1;
    byte[] target = new byte[Math.toIntExact(Zstd.getFrameContentSize(blob, 1, length))];
    ZstdDecompressCtx context = IDLE_DECOMPRESSORS.poll();
    if (context == null) {
      context = new ZstdDecompressCtx();
    }
    context.decompressByteArray(target, 0, target.length, blob, 1, length);
    if (!IDLE_DECOMPRESSORS.offer(context)) {
      context.close();
    }
    return target;
  }

  private static byte[] tagged(byte encoding, byte[] bytes, int length) {
    byte[] blob = new byte[length + 1];
    blob[0] = encoding;
    System.arraycopy(bytes, 0, blob, 1, length);
    return blob;
  }
}
