package io.langfuse4j.server.store.media;

import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.store.MediaFiles.Draft;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.RefusedException.Reason;
import java.util.HexFormat;

/** What has been said about a file before its bytes come. */
final class Announced {
  private Announced() {}

  /** Refuses bytes that are others than those announced. */
  static void check(Media media, Draft draft) {
    if (!draft.sha256().equals(hash(media)) || draft.length() != media.contentLength()) {
      throw new RefusedException(
          Reason.INVALID, "The bytes are not those whose hash and length were announced");
    }
  }

  /** Where the file is, below a folder or prefix; nothing that a client says becomes part of it. */
  static String path(Media media) {
    String hash = hash(media);
    return hash.substring(0, 2) + "/" + hash;
  }

  /** Hexadecimal digits only. */
  private static String hash(Media media) {
    return HexFormat.of().formatHex(HexFormat.of().parseHex(media.sha256()));
  }

  static RefusedException gone() {
    return new RefusedException(Reason.NOT_FOUND, "The bytes of this file are not there any more");
  }
}
