package io.langfuse4j.internal.media;

import io.langfuse4j.media.LangfuseMedia;
import io.langfuse4j.media.LangfuseMediaReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that were given as objects, between the call that recorded them and the export of the
 * observation that refers to them. Bounded by bytes: an observation that is never exported, or
 * whose value is replaced, leaves its file behind, and the oldest goes first.
 *
 * <p>Thread-safe.
 */
public final class HeldMedia {

  private static final class Holding {
    final LangfuseMedia media;
    int times;

    Holding(LangfuseMedia media) {
      this.media = media;
    }
  }

  private final long maxBytes;
  private final Map<String, Holding> byId = new LinkedHashMap<>();
  private long bytes;
  private volatile boolean empty = true;

  public HeldMedia(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Keeps the content until {@link #release} was called as often. */
  public void hold(LangfuseMedia media) {
    String id = media.mediaId();
    if (id == null || media.contentLength() > maxBytes) {
      return;
    }
    synchronized (this) {
      Holding holding = byId.get(id);
      if (holding == null) {
        holding = new Holding(media);
        byId.put(id, holding);
        bytes += media.contentLength();
      }
      holding.times++;
      for (Iterator<Holding> i = byId.values().iterator(); bytes > maxBytes; ) {
        bytes -= i.next().media.contentLength();
        i.remove();
      }
      empty = byId.isEmpty();
    }
  }

  /** The content of an id, once for each time it was held; null if it is not, or no longer. */
  synchronized @Nullable LangfuseMedia release(String mediaId) {
    Holding holding = byId.get(mediaId);
    if (holding == null) {
      return null;
    }
    if (--holding.times == 0) {
      byId.remove(mediaId);
      bytes -= holding.media.contentLength();
      empty = byId.isEmpty();
    }
    return holding.media;
  }

  boolean mayBeIn(String text) {
    return !empty && text.contains(LangfuseMediaReference.PREFIX);
  }

  /** Finds references to what is held. */
  void find(String text, MediaEdits edits) {
    MediaReferences.find(
        text,
        (start, end, reference) -> {
          LangfuseMedia media = release(reference.mediaId());
          if (media != null) {
            edits.add(start, end, media);
          }
        });
  }
}
