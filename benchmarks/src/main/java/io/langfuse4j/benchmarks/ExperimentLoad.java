package io.langfuse4j.benchmarks;

import io.langfuse4j.Langfuse;
import io.langfuse4j.dataset.DatasetItem;
import io.langfuse4j.experiment.ExperimentResult;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * An experiment of 10,000 items whose task takes 10 ms, 50 at a time: how much longer than the
 * ideal two seconds it takes, and how much memory it needs and leaves behind.
 */
public final class ExperimentLoad {

  private static final int ITEMS = 10_000;
  private static final int TASK_MILLIS = 10;
  private static final int CONCURRENCY = 50;

  private ExperimentLoad() {}

  /** Runs it traced and untraced, after a warm-up of each. */
  public static void main(String[] arguments) {
    SpanExporter discarding = new DiscardingExporter();
    try (Langfuse traced = Langfuse.builder().spanExporter(discarding).shutdownHook(false).build();
        Langfuse untraced = Langfuse.builder().tracingEnabled(false).shutdownHook(false).build()) {
      run(traced, 2_000);
      run(untraced, 2_000);
      System.out.printf(
          "Java %s, heap of at most %d MB%n",
          Runtime.version().feature(), Runtime.getRuntime().maxMemory() >> 20);
      System.out.println(
          "items  task   at a time  traces  seconds  ideal  ratio  peak    retained");
      report("yes", traced);
      report("no", untraced);
    }
  }

  private static void report(String traces, Langfuse langfuse) {
    long before = used();
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    long start = System.nanoTime();
    ExperimentResult<Integer, Object, Integer> result = run(langfuse, ITEMS);
    double seconds = (System.nanoTime() - start) / 1e9;
    double ideal = (double) ITEMS * TASK_MILLIS / CONCURRENCY / 1000;
    long peak = heapPools().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    long retained = used() - before;
    System.out.printf(
        Locale.ROOT,
        "%d  %d ms  %d         %-6s  %.2f     %.2f   %.2f   %.0f MB  %.1f MB for %d results, %s lost%n",
        ITEMS,
        TASK_MILLIS,
        CONCURRENCY,
        traces,
        seconds,
        ideal,
        seconds / ideal,
        peak / 1e6,
        retained / 1e6,
        result.items().size(),
        langfuse.stats().dropped());
  }

  private static ExperimentResult<Integer, Object, Integer> run(Langfuse langfuse, int items) {
    return langfuse
        .experiment("load")
        .data(IntStream.range(0, items).mapToObj(DatasetItem::of))
        .task(
            item -> {
              Thread.sleep(TASK_MILLIS);
              return item.input();
            })
        .evaluator("even", e -> e.output() % 2 == 0)
        .maxConcurrency(CONCURRENCY)
        .run();
  }

  private static Stream<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP);
  }

  private static long used() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
