package io.langfuse4j.server.store;

import io.langfuse4j.server.model.Media;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Keeps files by the hash of their bytes. The promises are those of {@link TraceStore}. */
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
   * Keeps the bytes of a file that has been announced.
   *
   * @return completes when durable; with a {@link RefusedException} if they are not those that were
   *     announced
   */
  CompletableFuture<Media> upload(String project, Media media, InputStream bytes)
      throws IOException;

  /** Some of the bytes of an uploaded file. */
  byte[] read(Media media, long from, int length) throws IOException;
}
