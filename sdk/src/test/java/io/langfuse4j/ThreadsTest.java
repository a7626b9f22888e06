package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hops between threads, and one observation on many of them. */
class ThreadsTest extends ClientTest {

  private final ExecutorService pool = Executors.newFixedThreadPool(4);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  private String childOn(String name) {
    langfuse.startObservation(name).end();
    return name;
  }

  @Test
  @Requirement({"R76", "R48"})
  void wrap_everyOverload_carriesObservationAndAttributes() throws Exception {
    Runnable runnable;
    Callable<String> callable;
    Supplier<String> supplier;
    Function<String, String> function;
    ExecutorService executor = langfuse.wrap(pool);
    List<java.util.concurrent.Future<?>> submitted = new ArrayList<>();
    try (PropagationScope user = Langfuse.propagateAttributes(a -> a.userId("u"));
        LangfuseSpan root = langfuse.startActiveObservation("root")) {
      Runnable task = () -> childOn("runnable");
      runnable = langfuse.wrap(task);
      callable = langfuse.wrap(() -> childOn("callable"));
      supplier = langfuse.wrapSupplier(() -> childOn("supplier"));
      function = langfuse.wrap((String name) -> childOn(name));
      submitted.add(executor.submit(() -> childOn("executor")));
      submitted.add(CompletableFuture.supplyAsync(() -> childOn("future"), executor));
    }
    pool.submit(runnable).get();
    assertThat(pool.submit(callable).get()).isEqualTo("callable");
    assertThat(CompletableFuture.supplyAsync(supplier, pool).get()).isEqualTo("supplier");
    assertThat(CompletableFuture.completedFuture("function").thenApplyAsync(function, pool).get())
        .isEqualTo("function");
    for (java.util.concurrent.Future<?> future : submitted) {
      future.get();
    }

    String parent = sent("root").spanId();
    for (String name :
        List.of("runnable", "callable", "supplier", "function", "executor", "future")) {
      assertThat(sink.span(name).parentSpanId()).as(name).isEqualTo(parent);
      assertThat(sink.span(name).attributes()).isEqualTo(child("span", "user.id", "u"));
    }
  }

  @Test
  @Requirement("R76")
  void noWrap_onAPool_startsATraceOfItsOwn() throws Exception {
    try (LangfuseSpan root = langfuse.startActiveObservation("root")) {
      pool.submit(() -> childOn("lost")).get();
    }

    assertThat(sent("lost").isRoot()).isTrue();
  }

  @Test
  @Requirement("R76")
  void wrap_virtualThreads_carryTheObservation() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "virtual threads need Java 21");
    ExecutorService virtual =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (LangfuseSpan root = langfuse.startActiveObservation("root")) {
      ExecutorService wrapped = langfuse.wrap(virtual);
      List<java.util.concurrent.Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        all.add(wrapped.submit(() -> langfuse.run("virtual", o -> o.input(Map.of("a", 1)))));
      }
      for (java.util.concurrent.Future<?> future : all) {
        future.get();
      }
    } finally {
      virtual.shutdownNow();
    }

    String parent = sent("root").spanId();
    assertThat(sink.spans())
        .filteredOn(span -> span.name().equals("virtual"))
        .hasSize(1_000)
        .allMatch(span -> span.parentSpanId().equals(parent));
  }

  @Test
  @Requirement({"R49", "R77", "R79"})
  void updates_fromSeveralThreadsAtOnce_allArrive() throws Exception {
    LangfuseSpan span = langfuse.startObservation("shared");
    CountDownLatch start = new CountDownLatch(1);
    List<CompletableFuture<Void>> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      threads.add(
          CompletableFuture.runAsync(
              () -> {
                awaitQuietly(start);
                for (int i = 0; i < 250; i++) {
                  span.metadata("t" + thread + "_" + i, Map.of("thread", thread, "i", i));
                }
              },
              pool));
    }
    start.countDown();
    threads.forEach(CompletableFuture::join);
    span.end();

    RecordedSpan sent = sent("shared");
    assertThat(sent.attributes()).hasSize(1_002);
    for (int t = 0; t < 4; t++) {
      for (int i = 0; i < 250; i++) {
        assertThat((String) sent.observation("metadata.t" + t + "_" + i))
            .contains("\"thread\":" + t)
            .contains("\"i\":" + i);
      }
    }
  }

  @Test
  @Requirement("R49")
  void end_racingOnManyThreads_exportsEachOnce() {
    for (int i = 0; i < 200; i++) {
      LangfuseSpan span = langfuse.startObservation("raced-" + i);
      CompletableFuture.allOf(
              CompletableFuture.runAsync(span::end, pool),
              CompletableFuture.runAsync(span::close, pool),
              CompletableFuture.runAsync(() -> span.output("x").end(), pool))
          .join();
    }

    flush();
    assertThat(sink.names()).hasSize(200).doesNotHaveDuplicates();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
