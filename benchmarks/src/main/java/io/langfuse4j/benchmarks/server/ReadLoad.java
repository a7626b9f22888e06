package io.langfuse4j.benchmarks.server;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a server that holds {@link Workload} takes to answer, over HTTP on this machine.
 *
 * <pre>{@code
 * java -cp benchmarks/target/benchmarks.jar io.langfuse4j.benchmarks.server.ReadLoad \
 *     http://127.0.0.1:3000 <observations stored> [rounds]
 * }</pre>
 */
public final class ReadLoad {
  private static final int LARGE = 1_000;
  private static final String LARGE_TRACE = "f".repeat(32);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String url;
  private final long traces;
  private final int rounds;

  private ReadLoad(String url, long observations, int rounds) {
    this.url = url;
    this.traces = observations / Workload.PER_TRACE;
    this.rounds = rounds;
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 21;
    new ReadLoad(arguments[0], Long.parseLong(arguments[1]), rounds).run();
  }

  private void run() throws Exception {
    storeLargeTrace();
    System.out.printf("%-52s %8s %9s %9s %9s%n", "", "budget", "median", "worst", "bytes");
    String api = "/api/public";
    String viewer = "/api/viewer/traces?limit=50";
    row("viewer: newest 50 traces", 20, n -> viewer);
    row("viewer: name", 20, n -> viewer + "&name=workflow-" + n % 20);
    row("viewer: user", 20, n -> viewer + "&userId=user-" + 37 * n % 5_000);
    row("viewer: session", 20, n -> viewer + "&sessionId=session-" + 41 * n % (traces / 5));
    row("viewer: tag", 20, n -> viewer + "&tag=tag-" + n % 40);
    row("viewer: model", 20, n -> viewer + "&model=o3-mini");
    row("viewer: errors", 20, n -> viewer + "&hasError=true");
    row("viewer: environment and name", 20, n -> viewer + "&environment=staging&name=workflow-7");
    row("viewer: last day", 20, n -> viewer + "&from=" + Instant.now().minus(Duration.ofDays(1)));
    row("viewer: facets", 300, n -> "/api/viewer/facets");
    row("viewer: facets of one name", 300, n -> "/api/viewer/facets?name=workflow-7");
    row("viewer: trace of 10", 20, n -> "/api/viewer/traces/" + id(n * 977L % traces));
    row("viewer: trace of 1,000", 50, n -> "/api/viewer/traces/" + LARGE_TRACE);
    row("viewer: search, one trace has it", 300, n -> viewer + search(word(n)));
    row("viewer: search, 1 of 100 has it", 300, n -> viewer + search(Workload.seldomWord()));
    row("viewer: search, every trace has it", 300, n -> viewer + search(Workload.COMMON_WORD));
    row("viewer: search, nothing has it", 300, n -> viewer + search("nowhere" + n));
    row("viewer: search, start of a word", 300, n -> viewer + search("needl"));
    row("traces, page 1", 20, n -> api + "/traces?limit=50");
    row("traces, page 100", 20, n -> api + "/traces?limit=50&page=100");
    row("traces of a user", 20, n -> api + "/traces?limit=50&userId=user-" + 37 * n % 5_000);
    row("trace of 1,000 with content", 50, n -> api + "/traces/" + LARGE_TRACE);
    row("observations, page 1", 20, n -> api + "/observations?limit=50");
    row("generations by name", 20, n -> api + "/observations?type=GENERATION&name=generation-7");
    row("observations v2, with content", 20, n -> api + "/v2/observations?limit=50&fields=core,io");
    row("sessions, page 1", 20, n -> api + "/sessions?limit=50");
    row("viewer: dashboard", 300, n -> "/api/viewer/performance");
    row("viewer: dashboard of a week", 300, n -> "/api/viewer/performance?from=" + aWeekAgo());
    row("viewer: dashboard of one user", 300, n -> "/api/viewer/performance?userId=user-7");
    for (String version : List.of("", "/v2")) {
      metrics(version, "count by day", "count", "count", null, "day");
      metrics(version, "tokens by day", "totalTokens", "sum", null, "day");
      metrics(version, "count by name", "count", "count", "name", null);
      metrics(version, "cost by model", "totalCost", "sum", "providedModelName", null);
      metrics(version, "p95 latency by name", "latency", "p95", "name", null);
      metrics(version, "histogram of latency", "latency", "histogram", null, null);
    }
    // v2 groups by nothing that has as many values as there are users.
    metrics("", "usage by user", "totalTokens", "sum", "userId", null);
  }

  private static Instant aWeekAgo() {
    return Instant.now().minus(Duration.ofDays(7));
  }

  /** Over all observations, which are of the last 30 days. */
  private void metrics(
      String version,
      String label,
      String measure,
      String aggregation,
      @Nullable String dimension,
      @Nullable String granularity)
      throws Exception {
    String grouped = dimension == null ? "" : "{\"field\":\"" + dimension + "\"}";
    String along =
        granularity == null ? "" : "\"timeDimension\":{\"granularity\":\"" + granularity + "\"},";
    String query =
        ("{\"view\":\"observations\",\"metrics\":[{\"measure\":\"%s\",\"aggregation\":\"%s\"}],"
                    + "\"dimensions\":[%s],%s\"filters\":[],")
                .formatted(measure, aggregation, grouped, along)
            + "\"fromTimestamp\":\"%s\",\"toTimestamp\":\"%s\"}"
                .formatted(Instant.now().minus(Duration.ofDays(31)), Instant.now());
    String path = "/api/public" + version + "/metrics?query=" + encode(query);
    row("metrics" + version + ": " + label, 300, n -> path);
  }

  private static String search(String word) {
    return "&search=" + encode(word);
  }

  private String word(int n) {
    return Workload.rareWord(n * 977L % traces);
  }

  private static String id(long number) {
    return String.format(Locale.ROOT, "%016x%016x", 1, number + 1);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private interface Path {
    String get(int round);
  }

  private void row(String label, int budget, Path path) throws Exception {
    double[] millis = new double[rounds];
    int bytes = 0;
    int status = 200;
    for (int n = 0; n < rounds && status == 200; n++) {
      long before = System.nanoTime();
      HttpResponse<byte[]> answer = get(path.get(n));
      millis[n] = (System.nanoTime() - before) / 1e6;
      bytes = answer.body().length;
      status = answer.statusCode();
    }
    if (status != 200) {
      System.out.printf("%-52s %8d %9s%n", label, budget, "HTTP " + status);
      return;
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%-52s %8d %9.1f %9.1f %,9d%s%n",
        label,
        budget,
        millis[rounds / 2],
        millis[rounds - 1],
        bytes,
        millis[rounds / 2] > budget ? "  OVER" : "");
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  private void storeLargeTrace() throws IOException, InterruptedException {
    Workload workload = new Workload(7, Instant.now(), Duration.ofMillis(1));
    List<Workload.Item> items = new ArrayList<>();
    for (int i = 0; i < LARGE / Workload.PER_TRACE; i++) {
      for (Workload.Item item : workload.trace(i)) {
        items.add(
            new Workload.Item(
                LARGE_TRACE,
                item.id(),
                item.parentId(),
                item.name(),
                item.startNanos(),
                item.endNanos(),
                item.attributes(),
                item.error()));
      }
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + Wire.OTLP.path()))
            .header("Content-Type", "application/x-protobuf")
            .header("Content-Encoding", "gzip")
            .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.OTLP.gzipped(items)))
            .build();
    int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    if (status != 200) {
      throw new IOException("The server answered " + status);
    }
  }
}
