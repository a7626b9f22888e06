package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
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
}
