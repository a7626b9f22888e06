package io.langfuse4j.internal.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.Requirement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Futures whose completion the caller learns of before we do. */
@Requirement("R26")
class PendingStagesTest {

  /** What is observed. */
  interface Model {
    @Observe
    CompletableFuture<String> ask(CompletableFuture<String> answer);
  }

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder()
          .publicKey("pk")
          .secretKey("sk")
          .baseUrl(sink.url())
          .timeout(Duration.ofSeconds(60))
          .shutdownHook(false)
          .build();
  private final Model model = langfuse.observed(Model.class, answer -> answer);
  private final CompletableFuture<String> source = new CompletableFuture<>();
  private final CountDownLatch told = new CountDownLatch(1);

  @AfterEach
  void close() {
    told.countDown();
    langfuse.close();
    sink.close();
  }

  /** The future, and a thread that completes it and is held before it comes to us. */
  private CompletableFuture<String> asked(Thread completing) {
    CompletableFuture<String> result = model.ask(source);
    CountDownLatch telling = new CountDownLatch(1);
    // Who comes last is told first.
    result.whenComplete(
        (value, thrown) -> {
          telling.countDown();
          awaitUninterruptibly(told);
        });
    completing.setDaemon(true);
    completing.start();
    awaitUninterruptibly(telling);
    return result;
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void flush_endsWhatIsDone_once() throws Exception {
    Thread completing = new Thread(() -> source.complete("late"));

    assertThat(asked(completing).join()).isEqualTo("late");

    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.span("ask").observation("output")).isEqualTo("late");
    told.countDown();
    completing.join();
    assertThat(langfuse.flush()).isTrue();
    assertThat(sink.names()).containsExactly("ask");
  }

  @Test
  void close_endsWhatHasFailed() {
    IllegalStateException failure = new IllegalStateException("overloaded");
    Thread completing = new Thread(() -> source.completeExceptionally(failure));
    CompletableFuture<String> result = asked(completing);

    assertThat(catchThrowable(result::join)).hasCause(failure);

    langfuse.close();
    assertThat(sink.span("ask").observation("status_message")).isEqualTo("overloaded");
    assertThat(sink.span("ask").observation("level")).isEqualTo("ERROR");
  }

  @Test
  void flush_leavesWhatIsNotDone() {
    CompletableFuture<String> result = model.ask(source);

    assertThat(langfuse.flush()).isTrue();

    assertThat(sink.names()).isEmpty();
    assertThat(result).isNotDone();
  }
}
