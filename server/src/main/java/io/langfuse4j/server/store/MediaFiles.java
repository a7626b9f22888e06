package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.Executor;

/**
 * Keeps the bytes of files by their hash, whichever project they belong to; {@link MediaStore}
 * knows which has which. Every method throws {@link StoreException}, in a sentence, if the bytes
 * cannot be reached. Thread-safe.
 */
public interface MediaFiles extends AutoCloseable {

  /**
   * A file that has come, but is not kept yet.
   *
   * @param sha256 hash of its bytes, in hexadecimal digits
   */
  record Draft(Path path, long length, String sha256) {}

  /** Where drafts are made; nothing else is in there. */
  Path drafts();

  /**
   * Keeps the bytes of a file; those that are there already are the same.
   *
   * @param draft may be gone afterwards, and is of no use to anybody else
   * @throws RefusedException if its hash or length is not the one that was announced; nothing is
   *     kept then
   */
  void keep(Media media, Draft draft);

  /**
   * Some of the bytes of a file that is kept, as many as are wanted and perhaps more. Reading them
   * throws {@link java.io.IOException} if they cannot be reached any more.
   *
   * @return to be closed
   * @throws RefusedException if it is not there any more
   */
  InputStream read(Media media, long from, long length);

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
