package io.langfuse4j.internal.export;

import io.langfuse4j.internal.Warnings;
import io.langfuse4j.internal.export.Endpoint.Attempt;
import io.langfuse4j.internal.export.Endpoint.Outcome;
import io.langfuse4j.internal.export.ExportCounters.Loss;
import io.langfuse4j.internal.export.SpillDirectory.Entry;
import io.langfuse4j.internal.http.LangfuseHttp;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Writes each batch to disk before it is sent and deletes it when the server has taken it. Batches
 * that a server outage or a killed process leaves behind are sent later, oldest first, also at the
 * next start. Nothing waits in memory for the server, so an outage costs disk and no heap.
 *
 * <p>Two threads: the caller's writes, one of its own sends.
 */
public final class SpillingSender implements BatchSender<SpanData> {

  private static final Logger logger = Logger.getLogger(SpillingSender.class.getName());

  private record Waiting(long sequence, long undelivered, CompletableFuture<Boolean> delivered) {}

  private final OtlpEndpoint endpoint;
  private final OtlpEncoder encoder;
  private final SpillDirectory directory;
  private final ExportCounters counters;
  private final TooLarge tooLarge;
  private final RetryPolicy retry = RetryPolicy.within(Duration.ofDays(1));
  private final Warnings warnings = new Warnings(logger);
  private final Object signal = new Object();
  private final List<Waiting> waiting = new ArrayList<>();
  private final Thread sender;
  private boolean attemptNow;
  private boolean closing;

  /**
   * Opens the directory and starts sending what it holds.
   *
   * @throws IOException if the directory cannot be created or written
   */
  public SpillingSender(
      LangfuseHttp http, String path, Path directory, long maxBytes, ExportCounters counters)
      throws IOException {
    this.endpoint = new OtlpEndpoint(http, path, counters);
    this.encoder = new OtlpEncoder(endpoint.publicKey());
    this.directory = new SpillDirectory(directory, maxBytes);
    this.counters = counters;
    this.tooLarge = new TooLarge(endpoint, counters);
    counters.spilledBytes(this.directory.bytes());
    int left = this.directory.spans();
    if (left > 0) {
      logger.info("Langfuse: sending " + left + " observations kept on disk by an earlier run.");
    }
    this.sender = new Thread(this::work, "langfuse-spill");
    sender.setDaemon(true);
    sender.start();
  }

  @Override
  public void send(List<SpanData> spans) {
    keep(encoder.encode(spans), spans.size());
  }

  private void keep(byte[] body, int spans) {
    try {
      if (directory.append(body, spans) == null) {
        counters.addLost(Loss.QUEUE_FULL, spans);
        warnings.once(
            "full",
            "The spill directory is full; observations are dropped until the server takes some."
                + " Raise LANGFUSE_MAX_SPILL_BYTES.");
        return;
      }
      counters.spilledBytes(directory.bytes());
      wake();
    } catch (IOException e) {
      counters.addLost(Loss.UNREACHABLE, spans);
      String sentence = "Langfuse: the spill directory cannot be written: " + e;
      counters.error(sentence);
      warnings.once("write", sentence, e);
    }
  }

  @Override
  public CompletableFuture<Boolean> flush() {
    long newest = directory.newestSequence();
    if (newest < 0) {
      return CompletableFuture.completedFuture(true);
    }
    Waiting request = new Waiting(newest, counters.undelivered(), new CompletableFuture<>());
    synchronized (signal) {
      waiting.add(request);
      attemptNow = true;
      signal.notifyAll();
    }
    return request.delivered();
  }

  private void wake() {
    synchronized (signal) {
      signal.notifyAll();
    }
  }

  private void work() {
    int failures = 0;
    while (pause(failures)) {
      failures = drain() ? 0 : failures + 1;
      answerFlushes();
    }
    answerFlushes();
  }

  /**
   * Waits for something to send, or, while the server is away, for the next attempt; a flush asks
   * for one at once. False when closing.
   */
  private boolean pause(int failures) {
    long deadline = System.nanoTime() + (failures == 0 ? 0 : retry.waitNanos(failures));
    synchronized (signal) {
      while (!closing && !attemptNow && (failures == 0 ? isIdle() : deadline > System.nanoTime())) {
        long left = failures == 0 ? 0 : Math.max(1, (deadline - System.nanoTime()) / 1_000_000);
        try {
          signal.wait(left);
        } catch (InterruptedException e) {
          return false;
        }
      }
      attemptNow = false;
      return !closing;
    }
  }

  private boolean isIdle() {
    return directory.oldest() == null;
  }

  /** Sends until nothing waits; false if the server went away meanwhile. */
  private boolean drain() {
    for (Entry entry = directory.oldest(); entry != null; entry = directory.oldest()) {
      if (isClosing()) {
        return true;
      }
      if (!deliver(entry)) {
        return false;
      }
      answerFlushes();
    }
    return true;
  }

  private boolean isClosing() {
    synchronized (signal) {
      return closing;
    }
  }

  private boolean deliver(Entry entry) {
    try {
      byte[] body = directory.read(entry);
      Attempt attempt = endpoint.post(body, entry.spans());
      if (attempt.outcome() == Outcome.UNAVAILABLE) {
        counters.addRetry();
        return false;
      }
      if (attempt.outcome() == Outcome.REJECTED) {
        counters.addLost(Loss.REJECTED, entry.spans());
      } else if (attempt.outcome() == Outcome.TOO_LARGE) {
        tooLarge.takeApart(body, entry.spans(), this::sendSome);
      }
    } catch (IOException e) {
      counters.addLost(Loss.UNREACHABLE, entry.spans());
      logger.log(Level.WARNING, "Langfuse: a kept batch cannot be read and is dropped.", e);
    }
    directory.remove(entry);
    counters.spilledBytes(directory.bytes());
    return true;
  }

  private void sendSome(List<EncodedSpan> spans) {
    byte[] body = EncodedSpan.body(spans);
    switch (endpoint.post(body, spans.size()).outcome()) {
      case ACCEPTED -> {}
      case TOO_LARGE -> tooLarge.sendSmaller(spans, this::sendSome);
      case REJECTED -> counters.addLost(Loss.REJECTED, spans.size());
      case UNAVAILABLE -> keep(body, spans.size());
    }
  }

  private void answerFlushes() {
    List<Waiting> answered = new ArrayList<>();
    synchronized (signal) {
      for (Waiting request : waiting) {
        if (directory.isDrainedTo(request.sequence())) {
          answered.add(request);
        }
      }
      waiting.removeAll(answered);
    }
    for (Waiting request : answered) {
      request.delivered().complete(counters.undelivered() == request.undelivered());
    }
  }

  @Override
  public void hurry() {
    synchronized (signal) {
      closing = true;
      signal.notifyAll();
    }
  }

  /** Leaves what the server did not take on disk. */
  @Override
  public void close() {
    hurry();
    try {
      sender.join(1_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sender.interrupt();
    endpoint.close();
    directory.close();
    int left = directory.spans();
    if (left > 0) {
      logger.info(
          "Langfuse: " + left + " observations stay on disk and are sent at the next start.");
    }
  }
}
