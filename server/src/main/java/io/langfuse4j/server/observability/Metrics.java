package io.langfuse4j.server.observability;

import io.langfuse4j.server.http.Access;
import io.langfuse4j.server.http.Lane;
import io.langfuse4j.server.http.Request;
import io.langfuse4j.server.http.RequestObserver;
import io.langfuse4j.server.http.Response;
import io.langfuse4j.server.http.Route;
import io.langfuse4j.server.store.StoreException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Figures in Prometheus' text format, version 0.0.4, at {@code /metrics}. Requests are counted
 * here; whoever has other figures adds a way to ask for them. Thread-safe.
 */
public final class Metrics implements RequestObserver {
  private static final Logger LOGGER = LoggerFactory.getLogger(Metrics.class);

  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final double[] BOUNDS = {
    0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10
  };

  private final Map<Series, Times> requests = new ConcurrentSkipListMap<>();
  private final List<Figure> figures = new ArrayList<>();

  private record Series(String method, String route, int status) implements Comparable<Series> {
    @Override
    public int compareTo(Series other) {
      int byRoute = route.compareTo(other.route);
      int byMethod = byRoute != 0 ? byRoute : method.compareTo(other.method);
      return byMethod != 0 ? byMethod : Integer.compare(status, other.status);
    }

    String labels() {
      return "method=\"%s\",route=\"%s\",status=\"%d\"".formatted(method, route, status);
    }
  }

  private record Figure(String name, String type, String help, DoubleSupplier value) {}

  /** With the figures of the Java machine. */
  public Metrics() {
    gauge(
        "process_uptime_seconds",
        "Time since the start.",
        () -> ManagementFactory.getRuntimeMXBean().getUptime() / 1e3);
    counter("process_cpu_seconds_total", "CPU time used.", Metrics::cpuSeconds);
    gauge(
        "jvm_memory_heap_used_bytes",
        "Heap in use.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    gauge(
        "jvm_memory_heap_max_bytes",
        "Largest heap allowed.",
        () -> ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getMax());
    gauge(
        "jvm_threads", "Live threads.", () -> ManagementFactory.getThreadMXBean().getThreadCount());
  }

  private static double cpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime() / 1e9
        : 0;
  }

  /** Before the first request: a figure that may go up and down. */
  public void gauge(String name, String help, DoubleSupplier value) {
    figures.add(new Figure(name, "gauge", help, value));
  }

  /** Before the first request: a figure that only grows. */
  public void counter(String name, String help, DoubleSupplier value) {
    figures.add(new Figure(name, "counter", help, value));
  }

  public Route route() {
    return Route.get("/metrics", Access.READ, this::get).in(Lane.SERVER);
  }

  @Override
  public void completed(CompletedRequest request) {
    requests
        .computeIfAbsent(
            new Series(known(request.method()), request.route(), request.status()),
            series -> new Times())
        .add(request.took().toNanos() / 1e9);
  }

  /** Callers choose methods freely; figures must not grow with them. */
  private static String known(String method) {
    return switch (method) {
      case "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS" -> method;
      default -> "other";
    };
  }

  private Response get(Request request) {
    return Response.of(200, TYPE, text().getBytes(StandardCharsets.UTF_8));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    for (Figure figure : figures) {
      double value;
      try {
        value = figure.value.getAsDouble();
      } catch (StoreException e) {
        // The other figures are wanted most just when the store does not answer.
        LOGGER.debug("{} cannot be told", figure.name, e);
        continue;
      }
      head(text, figure.name, figure.type, figure.help);
      line(text, figure.name, "", value);
    }
    String name = "langfuse4j_http_request_seconds";
    head(text, name, "histogram", "Time from a request to its answer.");
    requests.forEach((series, times) -> times.write(text, name, series.labels()));
    return text.toString();
  }

  private static void head(StringBuilder text, String name, String type, String help) {
    text.append("# HELP ").append(name).append(' ').append(help).append('\n');
    text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private static void line(StringBuilder text, String name, String labels, double value) {
    text.append(name);
    if (!labels.isEmpty()) {
      text.append('{').append(labels).append('}');
    }
    text.append(' ').append(number(value)).append('\n');
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.6g", value);
  }

  /** A histogram of durations. */
  private static final class Times {
    private final LongAdder[] counts = new LongAdder[BOUNDS.length + 1];
    private final LongAdder nanos = new LongAdder();

    Times() {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = new LongAdder();
      }
    }

    void add(double seconds) {
      int bucket = 0;
      while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
        bucket++;
      }
      counts[bucket].increment();
      nanos.add((long) (seconds * 1e9));
    }

    void write(StringBuilder text, String name, String labels) {
      long sum = 0;
      for (int i = 0; i < BOUNDS.length; i++) {
        sum += counts[i].sum();
        line(text, name + "_bucket", labels + ",le=\"" + BOUNDS[i] + "\"", (double) sum);
      }
      sum += counts[BOUNDS.length].sum();
      line(text, name + "_bucket", labels + ",le=\"+Inf\"", (double) sum);
      line(text, name + "_sum", labels, nanos.sum() / 1e9);
      line(text, name + "_count", labels, (double) sum);
    }
  }
}
