package io.langfuse4j.javaagent;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.ContractResults;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.Requirement;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Schedulers;

/** Runs inside a JVM that was started with the agent. */
@Requirement("R76")
@ExtendWith(ContractResults.class)
class CarriedContextContract {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
  private final ExecutorService pool = Executors.newFixedThreadPool(1);
  private final ScheduledExecutorService scheduler = Executors.newScheduledThreadPool(1);

  @AfterEach
  void stop() {
    pool.shutdownNow();
    scheduler.shutdownNow();
    langfuse.close();
    sink.close();
  }

  private String child() {
    return langfuse.observe("child", o -> o.id());
  }

  /**
   * Runs {@code work}, which makes children elsewhere, and says how many hang where they should.
   */
  private void assertCarried(int children, Work work) throws Exception {
    langfuse.observe(
        "outer",
        o -> {
          work.run();
          return null;
        });
    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.spans().stream().filter(s -> s.name().equals("child")))
        .hasSize(children)
        .allMatch(s -> s.parentSpanId().equals(sink.span("outer").spanId()));
  }

  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  @Test
  void executor_executeSubmitInvokeAll() throws Exception {
    assertCarried(
        5,
        () -> {
          CompletableFuture<String> executed = new CompletableFuture<>();
          pool.execute(() -> executed.complete(child()));
          executed.get();
          pool.submit(this::child).get();
          pool.submit((Runnable) this::child).get();
          pool.invokeAll(List.of(this::child, this::child));
        });
  }

  @Test
  void scheduler_once() throws Exception {
    assertCarried(
        2,
        () -> {
          scheduler.schedule(this::child, 1, TimeUnit.MILLISECONDS).get();
          scheduler.submit(this::child).get();
        });
  }

  @Test
  void forkJoinPool_executeAndSubmit() throws Exception {
    assertCarried(
        2,
        () -> {
          CompletableFuture<String> executed = new CompletableFuture<>();
          ForkJoinPool.commonPool().execute(() -> executed.complete(child()));
          executed.get();
          ForkJoinPool.commonPool().submit(this::child).get();
        });
  }

  @Test
  void completableFuture_asyncAndDependentStages() throws Exception {
    assertCarried(
        6,
        () -> {
          CompletableFuture.supplyAsync(this::child).get();
          CompletableFuture.runAsync(this::child).get();
          CompletableFuture.supplyAsync(this::child, pool).get();
          CompletableFuture<String> source = new CompletableFuture<>();
          CompletableFuture<Void> chain =
              source
                  .thenApplyAsync(x -> child())
                  .thenComposeAsync(x -> CompletableFuture.completedFuture(child()), pool)
                  .thenAcceptAsync(x -> child());
          new Thread(() -> source.complete("x")).start();
          chain.get();
        });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void virtualThread_startedSubmittedAndBuilt() throws Exception {
    assertCarried(
        3,
        () -> {
          Method start = Thread.class.getMethod("startVirtualThread", Runnable.class);
          ((Thread) start.invoke(null, (Runnable) this::child)).join();
          Method perTask = Executors.class.getMethod("newVirtualThreadPerTaskExecutor");
          ExecutorService executor = (ExecutorService) perTask.invoke(null);
          executor.submit(this::child).get();
          executor.shutdown();
          Object builder = Thread.class.getMethod("ofVirtual").invoke(null);
          Method startBuilt =
              Class.forName("java.lang.Thread$Builder").getMethod("start", Runnable.class);
          ((Thread) startBuilt.invoke(builder, (Runnable) this::child)).join();
        });
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_25)
  void structuredTaskScope_forks() throws Exception {
    assertCarried(
        2,
        () -> {
          Class<?> type = Class.forName("java.util.concurrent.StructuredTaskScope");
          try (AutoCloseable scope = (AutoCloseable) type.getMethod("open").invoke(null)) {
            type.getMethod("fork", Callable.class).invoke(scope, (Callable<?>) this::child);
            type.getMethod("fork", Runnable.class).invoke(scope, (Runnable) this::child);
            type.getMethod("join").invoke(scope);
          }
        });
  }

  @Test
  void reactor_onOtherThreads() throws Exception {
    assertCarried(
        2,
        () ->
            Flux.just("a", "b")
                .publishOn(Schedulers.boundedElastic())
                .map(x -> child())
                .blockLast());
  }

  @Test
  void nothingCurrent_tasksStayWhatTheyAre() throws Exception {
    Runnable task = () -> {};
    CompletableFuture<Runnable> seen = new CompletableFuture<>();
    ExecutorService direct =
        new java.util.concurrent.ThreadPoolExecutor(
            1, 1, 1, TimeUnit.SECONDS, new java.util.concurrent.LinkedBlockingQueue<>()) {
          @Override
          protected void beforeExecute(Thread thread, Runnable given) {
            seen.complete(given);
          }
        };
    direct.execute(task);
    assertThat(seen.get()).isSameAs(task);
    direct.shutdown();
    assertThat(direct.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();
  }
}
