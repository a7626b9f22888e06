package io.langfuse4j.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends observations to a running server and counts what it acknowledges. Bodies are made before
 * the clock starts when they fit ({@code measure}); {@code fill} makes them on the way, so that any
 * number can be stored.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.langfuse4j.benchmarks.server.IngestLoad \
 *     measure|fill otlp|zipkin http://127.0.0.1:3000 <pid of the server> <observations> [salt]
 * }</pre>
 */
public final class IngestLoad {
  private static final int CONNECTIONS = 4;
  private static final int TRACES_PER_REQUEST = 10;
  private static final Duration A_MONTH = Duration.ofDays(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Wire wire;
  private final URI target;
  private final LongAdder refused = new LongAdder();

  private IngestLoad(Wire wire, String url) {
    this.wire = wire;
    this.target = URI.create(url + wire.path());
  }

  public static void main(String[] arguments) throws Exception {
    boolean measured = arguments[0].equals("measure");
    Wire wire = Wire.valueOf(arguments[1].toUpperCase(Locale.ROOT));
    long observations = Long.parseLong(arguments[4]);
    long salt = arguments.length > 5 ? Long.parseLong(arguments[5]) : 1;
    int requests = (int) (observations / Workload.PER_TRACE / TRACES_PER_REQUEST);
    long traces = (long) requests * TRACES_PER_REQUEST;
    Workload workload =
        new Workload(salt, Instant.now().minus(A_MONTH), A_MONTH.dividedBy(Math.max(1, traces)));
    IngestLoad load = new IngestLoad(wire, arguments[2]);
    List<byte[]> ready = measured ? bodies(wire, workload, requests) : List.of();
    long cpuBefore = cpuMillis(arguments[3]);
    long before = System.nanoTime();
    load.run(requests, number -> measured ? ready.get(number) : body(wire, workload, number));
    double seconds = (System.nanoTime() - before) / 1e9;
    double cpu = (cpuMillis(arguments[3]) - cpuBefore) / 1e3;
    double sent = (double) traces * Workload.PER_TRACE;
    System.out.printf(
        Locale.ROOT,
        "%-8s %,9.0f observations in %6.1f s: %,8.0f/s, %,8.0f per CPU-second, %6.1f us CPU each,"
            + " %4d MB resident, %d times refused%n",
        arguments[1],
        sent,
        seconds,
        sent / seconds,
        sent / cpu,
        cpu * 1e6 / sent,
        residentMegabytes(arguments[3]),
        load.refused.sum());
  }

  private static List<byte[]> bodies(Wire wire, Workload workload, int requests) {
    List<byte[]> bodies = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      bodies.add(body(wire, workload, i));
    }
    return bodies;
  }

  private static byte[] body(Wire wire, Workload workload, int request) {
    List<Workload.Item> items = new ArrayList<>();
    for (int i = 0; i < TRACES_PER_REQUEST; i++) {
      items.addAll(workload.trace((long) request * TRACES_PER_REQUEST + i));
    }
    return wire.gzipped(items);
  }

  private interface Bodies {
    byte[] get(int number);
  }

  private void run(int requests, Bodies bodies) throws InterruptedException, ExecutionException {
    AtomicInteger next = new AtomicInteger();
    ExecutorService senders = Executors.newFixedThreadPool(CONNECTIONS);
    Callable<Boolean> sender =
        () -> {
          for (int i = next.getAndIncrement(); i < requests; i = next.getAndIncrement()) {
            send(bodies.get(i));
          }
          return true;
        };
    List<Future<Boolean>> all = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      all.add(senders.submit(sender));
    }
    for (Future<Boolean> one : all) {
      one.get();
    }
    senders.shutdown();
  }

  private void send(byte[] body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(target)
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "gzip")
            .header("x-langfuse-ingestion-version", "4")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    while (true) {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      if (status == 200 || status == 202) {
        return;
      }
      if (status != 429 && status != 503) {
        throw new IOException("The server answered " + status);
      }
      refused.increment();
      Thread.sleep(100);
    }
  }

  private static long cpuMillis(String pid) {
    return ProcessHandle.of(Long.parseLong(pid))
        .flatMap(process -> process.info().totalCpuDuration())
        .map(Duration::toMillis)
        .orElse(0L);
  }

  static long residentMegabytes(String pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", pid, "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1_024;
      }
    }
    return 0;
  }
}
