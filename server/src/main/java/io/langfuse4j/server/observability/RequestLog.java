package io.langfuse4j.server.observability;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.http.RequestObserver;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line of JSON per request, appended to a file by a thread of its own. If the disk is slower
 * than the requests, lines are left out and counted. Thread-safe.
 */
public final class RequestLog implements RequestObserver, AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(RequestLog.class);
  private static final int MOST_WAITING = 10_000;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final BlockingQueue<String> lines = new ArrayBlockingQueue<>(MOST_WAITING);
  private final AtomicLong leftOut = new AtomicLong();
  private final Clock clock;
  private final BufferedWriter writer;
  private final Thread thread = new Thread(this::run, "langfuse4j-request-log");
  private volatile boolean closed;

  private RequestLog(BufferedWriter writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
    thread.setDaemon(true);
    thread.start();
  }

  /** Appends to a file, which is created if it does not exist. */
  public static RequestLog open(Path file, Clock clock) throws IOException {
    return new RequestLog(
        Files.newBufferedWriter(
            file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
        clock);
  }

  @Override
  public void completed(CompletedRequest request) {
    ObjectNode line = MAPPER.createObjectNode();
    line.put("time", clock.instant().toString());
    line.put("method", request.method());
    line.put("route", request.route());
    line.put("status", request.status());
    line.put("millis", Math.round(request.took().toNanos() / 1e3) / 1e3);
    line.put("bytes", request.bytes());
    if (!lines.offer(line.toString())) {
      leftOut.incrementAndGet();
    }
  }

  /** Lines that were not written because too many waited. */
  public long leftOut() {
    return leftOut.get();
  }

  private void run() {
    try {
      while (!closed || !lines.isEmpty()) {
        String line = lines.poll(100, TimeUnit.MILLISECONDS);
        write(line);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write(@Nullable String line) {
    try {
      if (line != null) {
        writer.write(line);
        writer.newLine();
      }
      if (lines.isEmpty()) {
        writer.flush();
      }
    } catch (IOException e) {
      if (leftOut.getAndIncrement() == 0) {
        LOGGER.warn("The request log cannot be written; lines are left out", e);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      thread.join();
      writer.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOGGER.warn("The request log could not be closed", e);
    }
  }
}
