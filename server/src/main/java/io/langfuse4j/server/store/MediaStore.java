package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Knows which project has which files, and where they are used; their bytes are with {@link
 * MediaFiles}. The promises are those of {@link TraceStore}.
 */
public interface MediaStore {

  /**
   * Announces a file and where it is used.
   *
   * @return completes with the file as stored: already uploaded if the project has uploaded the
   *     same bytes as the same type before
   */
  CompletableFuture<Media> announce(String project, Media media, Media.Use use);

  /** A file that has been announced, or null. */
  @Nullable Media media(String project, String id);

  /**
   * Notes that the bytes of a file that has been announced are kept.
   *
   * @return completes with the file as stored
   */
  CompletableFuture<Media> uploaded(String project, String id);

  /**
   * A file that a project has.
   *
   * @param number by which pages go on
   * @param inDataset whether an item of a dataset refers to it
   * @param traceIds some of the traces that refer to it: all, unless there are {@link
   *     #TRACES_SHOWN} or more
   */
  record Held(long number, String project, Media media, boolean inDataset, List<String> traceIds) {}

  /** How many traces {@link Held} shows. */
  int TRACES_SHOWN = 20;

  /**
   * Files of all projects that nobody has announced since a time, by their number.
   *
   * @param after the number of the last one of the page before; 0 for the first page
   */
  List<Held> held(Instant announcedBefore, long after, int limit);

  /** Forgets that traces refer to a file. */
  CompletableFuture<Void> forgetTraces(Held held);

  /**
   * Treats a file as not uploaded, unless it has been announced since.
   *
   * @return completes with whether its bytes may go: nobody counts on them any more
   */
  CompletableFuture<Boolean> withdraw(Held held, Instant announcedBefore);

  /** Forgets a file that has been withdrawn, unless it has been announced since. */
  CompletableFuture<Void> forget(Held held, Instant announcedBefore);
}
