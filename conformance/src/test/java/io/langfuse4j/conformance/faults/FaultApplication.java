package io.langfuse4j.conformance.faults;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseStats;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** The application of the fault tests; what it prints is what the tests know of it. */
final class FaultApplication {

  private static final String CONTENT = "x".repeat(2_000);

  private FaultApplication() {}

  public static void main(String[] arguments) throws Exception {
    Langfuse langfuse = Langfuse.get();
    switch (arguments[0]) {
      case "send" -> send(langfuse, Integer.parseInt(arguments[1]));
      case "steady" -> new Steady(langfuse, Integer.parseInt(arguments[1])).run();
      case "tick" -> tick(langfuse, Integer.parseInt(arguments[1]));
      case "giant" -> giant(langfuse);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static void send(Langfuse langfuse, int observations) {
    for (int i = 0; i < observations; i++) {
      langfuse.startObservation("o" + i).input("in").end();
    }
    System.out.println("flushed=" + langfuse.flush(Duration.ofSeconds(60)));
    report(langfuse);
  }

  private static void report(Langfuse langfuse) {
    LangfuseStats stats = langfuse.stats();
    System.out.println("sent=" + stats.sent());
    System.out.println("queueFull=" + stats.droppedQueueFull());
    System.out.println("rejected=" + stats.droppedRejected());
    System.out.println("unreachable=" + stats.droppedUnreachable());
    System.out.println("dropped=" + stats.dropped());
    System.out.println("retries=" + stats.retries());
    System.out.println("queued=" + stats.queued());
    System.out.println("stats=" + stats);
  }

  /** Says what has ended, until it is killed. */
  private static void tick(Langfuse langfuse, int perSecond) {
    for (int i = 0; ; i++) {
      langfuse.startObservation("o" + i).input(CONTENT).end();
      System.out.println("ended " + i);
      LockSupport.parkNanos(1_000_000_000L / perSecond);
    }
  }

  private static void giant(Langfuse langfuse) {
    for (int i = 0; i < 10; i++) {
      langfuse.startObservation("before" + i).input(CONTENT).end();
    }
    langfuse.startObservation("giant").input("g".repeat(100 << 20)).end();
    for (int i = 0; i < 10; i++) {
      langfuse.startObservation("after" + i).input(CONTENT).end();
    }
    System.out.println("flushed=" + langfuse.flush(Duration.ofSeconds(60)));
    report(langfuse);
  }

  /** A steady load, whose latency is told by phases; the phase is said on standard input. */
  private static final class Steady {

    private static final int THREADS = 4;

    /** Of the model call inside the observation. */
    private static final long WORK_NANOS = 2_000_000;

    private final Langfuse langfuse;
    private final long everyNanos;
    private final AtomicInteger ended = new AtomicInteger();
    private final Map<String, List<Long>> latencies = new TreeMap<>();
    private volatile String phase = "warmup";
    private volatile boolean stopped;
    private volatile long mostQueuedBytes;

    Steady(Langfuse langfuse, int perSecond) {
      this.langfuse = langfuse;
      this.everyNanos = 1_000_000_000L * THREADS / perSecond;
    }

    void run() throws IOException, InterruptedException {
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        Thread thread = new Thread(this::load);
        thread.start();
        threads.add(thread);
      }
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("stop")) {
          break;
        }
        phase = line;
        System.out.println("phase " + line);
      }
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
      System.out.println("flushed=" + langfuse.flush(Duration.ofSeconds(60)));
      System.out.println("ended=" + ended.get());
      System.out.println("mostQueuedBytes=" + mostQueuedBytes);
      latencies.forEach((name, nanos) -> System.out.println("p99." + name + "=" + p99(nanos)));
      report(langfuse);
    }

    private void load() {
      long next = System.nanoTime();
      while (!stopped) {
        String during = phase;
        long start = System.nanoTime();
        langfuse.run(
            "call",
            call -> {
              call.input(CONTENT);
              LockSupport.parkNanos(WORK_NANOS);
              call.output(CONTENT);
            });
        long nanos = System.nanoTime() - start;
        ended.incrementAndGet();
        mostQueuedBytes = Math.max(mostQueuedBytes, langfuse.stats().queuedBytes());
        synchronized (latencies) {
          latencies.computeIfAbsent(during, name -> new ArrayList<>()).add(nanos);
        }
        next += everyNanos;
        LockSupport.parkNanos(next - System.nanoTime());
      }
    }

    /** The median, over slices in order of time, of the 99th percentile: one hiccup counts once. */
    private static long p99(List<Long> nanos) {
      int slice = Math.min(2_500, nanos.size());
      long[] each = new long[nanos.size() / slice];
      for (int i = 0; i < each.length; i++) {
        long[] sorted =
            nanos.subList(i * slice, (i + 1) * slice).stream().mapToLong(n -> n).sorted().toArray();
        each[i] = sorted[sorted.length * 99 / 100];
      }
      Arrays.sort(each);
      return each[each.length / 2];
    }
  }
}
