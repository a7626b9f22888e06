package io.langfuse4j;

import io.langfuse4j.internal.export.ExportCounters;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What became of observations and scores since the client was built. A snapshot; immutable. */
public final class LangfuseStats {

  private final int queued;
  private final long queuedBytes;
  private final long spilledBytes;
  private final long sent;
  private final long retries;
  private final long truncated;
  private final long droppedQueueFull;
  private final long droppedRejected;
  private final long droppedUnreachable;
  private final long droppedClosed;
  private final int scoresQueued;
  private final long scoresSent;
  private final long scoresRejected;
  private final long scoresDropped;
  private final int mediaQueued;
  private final long mediaSent;
  private final long mediaDropped;
  private final @Nullable String lastError;

  LangfuseStats(ExportCounters counters, ExportCounters scores, ExportCounters media) {
    this.queued = counters.queued();
    this.queuedBytes = counters.queuedBytes();
    this.spilledBytes = counters.spilledBytes();
    this.sent = counters.sent();
    this.retries = counters.retries();
    this.truncated = counters.truncated();
    this.droppedQueueFull = counters.lost(Loss.QUEUE_FULL);
    this.droppedRejected = counters.lost(Loss.REJECTED);
    this.droppedUnreachable = counters.lost(Loss.UNREACHABLE);
    this.droppedClosed = counters.lost(Loss.CLOSED);
    this.scoresQueued = scores.queued();
    this.scoresSent = scores.sent();
    this.scoresRejected = scores.lost(Loss.REJECTED);
    this.scoresDropped = scores.lost();
    this.mediaQueued = media.queued();
    this.mediaSent = media.sent();
    this.mediaDropped = media.lost();
    this.lastError =
        Stream.of(counters, scores, media)
            .map(ExportCounters::lastError)
            .filter(Objects::nonNull)
            .findFirst()
            .orElse(null);
  }

  /** Ended, and neither sent nor lost yet. */
  public int queued() {
    return queued;
  }

  /** Estimated bytes of what is queued. */
  public long queuedBytes() {
    return queuedBytes;
  }

  /** Bytes kept in the spill directory, compressed; 0 without one. */
  public long spilledBytes() {
    return spilledBytes;
  }

  /** Accepted by the server. */
  public long sent() {
    return sent;
  }

  /** Requests that were repeated. */
  public long retries() {
    return retries;
  }

  /** Sent with their largest value cut, because the server refused the size. */
  public long truncated() {
    return truncated;
  }

  /** Will never arrive: the sum of the four reasons below. */
  public long dropped() {
    return droppedQueueFull + droppedRejected + droppedUnreachable + droppedClosed;
  }

  /** Dropped because the queue was full. */
  public long droppedQueueFull() {
    return droppedQueueFull;
  }

  /** Dropped because the server refused them. */
  public long droppedRejected() {
    return droppedRejected;
  }

  /** Dropped because the server could not be reached within the retry timeout. */
  public long droppedUnreachable() {
    return droppedUnreachable;
  }

  /** Dropped because the client was closed. */
  public long droppedClosed() {
    return droppedClosed;
  }

  /** Scores that were made, and neither sent nor lost yet. */
  public int scoresQueued() {
    return scoresQueued;
  }

  /** Scores that the server accepted. */
  public long scoresSent() {
    return scoresSent;
  }

  /** Scores that the server refused; among those of {@link #scoresDropped()}. */
  public long scoresRejected() {
    return scoresRejected;
  }

  /** Scores that will never arrive, for whatever reason. */
  public long scoresDropped() {
    return scoresDropped;
  }

  /** Files found in observations that wait for their upload. */
  public int mediaQueued() {
    return mediaQueued;
  }

  /** Files that the server has, those included that it had before. */
  public long mediaSent() {
    return mediaSent;
  }

  /** Files that will never arrive, for whatever reason. */
  public long mediaDropped() {
    return mediaDropped;
  }

  /** The last failure as a sentence that says what to change; null if there was none. */
  public @Nullable String lastError() {
    return lastError;
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "sent %,d, queued %,d (%,d bytes), dropped %,d, truncated %,d, retries %,d%s%s%s",
        sent,
        queued,
        queuedBytes,
        dropped(),
        truncated,
        retries,
        others("scores", scoresSent, scoresQueued, scoresDropped),
        others("media", mediaSent, mediaQueued, mediaDropped),
        lastError == null ? "" : ", last error: " + lastError);
  }

  private static String others(String what, long sent, int queued, long dropped) {
    return sent + queued + dropped == 0
        ? ""
        : String.format(
            Locale.ROOT, "; %s: sent %,d, queued %,d, dropped %,d", what, sent, queued, dropped);
  }
}
