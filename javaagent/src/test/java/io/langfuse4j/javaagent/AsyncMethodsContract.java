package io.langfuse4j.javaagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Runs inside a JVM that was started with the agent: {@code @Async} methods of an application with
 * Spring, without our starter and with executors that nobody decorated.
 */
@Requirement("R76")
class AsyncMethodsContract {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** What the application has. */
  static class Worker {

    @Async
    @Observe
    public CompletableFuture<String> answer(String question) {
      return CompletableFuture.completedFuture(question + mark());
    }

    @Async
    @Observe
    public void wait(CountDownLatch started, CountDownLatch latch) throws InterruptedException {
      started.countDown();
      latch.await();
    }

    @Observe
    private String mark() {
      return "!";
    }
  }

  @EnableAsync
  static class Asynchronous {}

  private Worker worker(AsyncTaskExecutor executor) {
    Langfuse.setDefault(langfuse);
    context.registerBean("taskExecutor", AsyncTaskExecutor.class, () -> executor);
    context.registerBean(Worker.class);
    context.register(Asynchronous.class);
    context.refresh();
    return context.getBean(Worker.class);
  }

  @AfterEach
  void stop() {
    context.close();
    Langfuse.setDefault(null);
    langfuse.close();
    sink.close();
  }

  private RecordedSpan span(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> langfuse.flush() && sink.names().contains(name));
    return sink.span(name);
  }

  private void assertBelongsToItsCaller(Worker worker) throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);
    String outer =
        langfuse.observe(
            "outer",
            o -> {
              assertThat(worker.answer("why?").join()).isEqualTo("why?!");
              worker.wait(started, latch);
              return o.id();
            });
    started.await();
    langfuse.flush();
    assertThat(sink.names()).contains("outer").doesNotContain("wait");
    latch.countDown();

    assertThat(span("wait").parentSpanId()).isEqualTo(outer);
    assertThat(span("answer").parentSpanId()).isEqualTo(outer);
    assertThat(span("answer").observation("output")).isEqualTo("why?!");
    assertThat(span("mark").parentSpanId()).isEqualTo(span("answer").spanId());
  }

  @Test
  void asyncMethod_onAThreadPool_belongsToItsCaller() throws InterruptedException {
    assertBelongsToItsCaller(worker(new ThreadPoolTaskExecutor()));
  }

  @Test
  @EnabledForJreRange(min = JRE.JAVA_21)
  void asyncMethod_onVirtualThreads_belongsToItsCaller() throws InterruptedException {
    SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor();
    executor.setVirtualThreads(true);
    assertBelongsToItsCaller(worker(executor));
  }
}
