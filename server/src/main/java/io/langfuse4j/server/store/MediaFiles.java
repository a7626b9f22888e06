package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
import java.io.InputStream;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Keeps the bytes of files by their hash, whichever project they belong to; {@link MediaStore}
 * knows which has which. Every method throws {@link StoreException}, in a sentence, if the bytes
 * cannot be reached. Thread-safe.
 */
public interface MediaFiles extends AutoCloseable {

  /** Bytes that can be read more than once, from their beginning. */
  @FunctionalInterface
  interface Content {
    InputStream open();
  }

  /**
   * Keeps the bytes of a file; those that are there already are the same.
   *
   * @throws RefusedException if their hash or length is not the one that was announced; nothing is
   *     kept then
   */
  void keep(Media media, Content content);

  /**
   * Some of the bytes of a file that is kept.
   *
   * @throws RefusedException if it is not there any more
   */
  byte[] read(Media media, long from, int length);

  /**
   * Deletes the bytes of a file, whichever project they belong to, unless they were kept, or kept
   * again, at that time or later. What is not there is ignored.
   */
  void delete(Media media, Instant keptBefore);

  /** Asks whether files could be kept and read; a folder always says yes. */
  default void reach() {}

  /**
   * Where the other methods are best called: they may take as long as a network does. Refuses with
   * {@link StoreBusyException} if too many wait.
   */
  default Executor executor() {
    return Runnable::run;
  }

  @Override
  default void close() {}
}
