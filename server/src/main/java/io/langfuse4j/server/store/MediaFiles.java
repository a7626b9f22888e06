package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
import java.io.IOException;
import java.io.InputStream;

/**
 * Keeps the bytes of files by their hash, whichever project they belong to; {@link MediaStore}
 * knows which has which. Thread-safe.
 */
public interface MediaFiles {

  /**
   * Keeps the bytes of a file; those that are there already are the same.
   *
   * @throws RefusedException if their hash or length is not the one that was announced; nothing is
   *     kept then
   * @throws IOException if they cannot be received or kept
   */
  void keep(Media media, InputStream bytes) throws IOException;

  /** Some of the bytes of a file that is kept. */
  byte[] read(Media media, long from, int length) throws IOException;
}
