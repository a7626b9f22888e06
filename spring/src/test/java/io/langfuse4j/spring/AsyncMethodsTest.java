package io.langfuse4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.annotation.Configurations;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;

/** {@code @Async} methods, on Boot's executor and with nothing but the starter. */
@Requirement("R76")
class AsyncMethodsTest {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private Worker worker;

  /** What the application has. */
  static class Worker {

    private final Langfuse langfuse;

    Worker(Langfuse langfuse) {
      this.langfuse = langfuse;
    }

    @Async
    @Observe
    public CompletableFuture<String> answer(String question) {
      String mark = langfuse.observe("child", o -> "!");
      return CompletableFuture.completedFuture(question + mark);
    }

    @Async
    @Observe
    public void wait(CountDownLatch started, CountDownLatch latch) throws InterruptedException {
      started.countDown();
      latch.await();
      langfuse.run("child", o -> {});
    }

    @Async
    @Observe
    public CompletableFuture<String> fail(RuntimeException failure) {
      throw failure;
    }

    @Async
    public CompletableFuture<String> plain() {
      return CompletableFuture.completedFuture(langfuse.observe("child", o -> "x"));
    }
  }

  @EnableAsync
  static class Asynchronous {}

  @BeforeEach
  void start() {
    context.registerBean(Langfuse.class, () -> langfuse, bean -> bean.setDestroyMethodName(""));
    context.registerBean(Worker.class);
    context.register(Asynchronous.class);
    context.register(
        Configurations.getClasses(
            AutoConfigurations.of(
                TaskExecutionAutoConfiguration.class, LangfuseAutoConfiguration.class)));
    context.refresh();
    worker = context.getBean(Worker.class);
  }

  @AfterEach
  void stop() {
    context.close();
    langfuse.close();
    sink.close();
  }

  private RecordedSpan span(String name) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> langfuse.flush() && sink.names().contains(name));
    return sink.span(name);
  }

  @Test
  void observedMethod_belongsToItsCaller() {
    String outer =
        langfuse.observe(
            "outer",
            o -> {
              assertThat(worker.answer("why?").join()).isEqualTo("why?!");
              return o.id();
            });

    assertThat(span("answer").parentSpanId()).isEqualTo(outer);
    assertThat(span("answer").observation("input")).isEqualTo("{\"question\":\"why?\"}");
    assertThat(span("answer").observation("output")).isEqualTo("why?!");
    assertThat(span("child").parentSpanId()).isEqualTo(span("answer").spanId());
  }

  @Test
  void observedMethodWithoutResult_endsWithItsWork() throws InterruptedException {
    CountDownLatch started = new CountDownLatch(1);
    CountDownLatch latch = new CountDownLatch(1);

    String outer =
        langfuse.observe(
            "outer",
            o -> {
              worker.wait(started, latch);
              return o.id();
            });
    started.await();
    langfuse.flush();
    assertThat(sink.names()).containsExactly("outer");
    latch.countDown();

    assertThat(span("wait").parentSpanId()).isEqualTo(outer);
    assertThat(span("child").parentSpanId()).isEqualTo(span("wait").spanId());
  }

  @Test
  void observedMethod_fails_isAnError() {
    IllegalStateException failure = new IllegalStateException("overloaded");

    Throwable thrown = catchThrowable(() -> worker.fail(failure).join());

    assertThat(thrown).isInstanceOf(CompletionException.class).hasCause(failure);
    assertThat(span("fail").observation("level")).isEqualTo("ERROR");
    assertThat(span("fail").observation("status_message")).isEqualTo("overloaded");
  }

  @Test
  void methodThatIsNotObserved_takesTheObservationOfItsCallerAlong() {
    String outer =
        langfuse.observe(
            "outer",
            o -> {
              worker.plain().join();
              return o.id();
            });

    assertThat(span("child").parentSpanId()).isEqualTo(outer);
  }
}
