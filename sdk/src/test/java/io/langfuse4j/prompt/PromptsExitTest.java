package io.langfuse4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.ChildJvm;
import io.langfuse4j.testing.OtlpSink;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The end of a process whose prompts are being fetched again. */
class PromptsExitTest {

  /** Gets a prompt, and again when it is stale; does not close the client. */
  static final class Program {
    public static void main(String[] arguments) {
      Prompts prompts = Langfuse.get().prompts();
      prompts.getText("p", o -> o.cacheTtl(Duration.ofNanos(1)));
      System.out.println("stale: " + prompts.getText("p").template());
    }
  }

  @Test
  void process_endsWithARefreshUnderWay() {
    AtomicInteger requests = new AtomicInteger();
    CountDownLatch ended = new CountDownLatch(1);
    try (OtlpSink sink = new OtlpSink()) {
      sink.answeringRequests(
          request -> {
            if (requests.incrementAndGet() > 1) {
              awaitQuietly(ended);
            }
            return new OtlpSink.Answer(
                200,
                Map.of("Content-Type", "application/json"),
                "{\"name\":\"p\",\"version\":1,\"type\":\"text\",\"prompt\":\"hello\"}"
                    .getBytes(StandardCharsets.UTF_8));
          });

      ChildJvm.Result result =
          ChildJvm.run(
              Program.class,
              Map.of(
                  "LANGFUSE_PUBLIC_KEY", "pk",
                  "LANGFUSE_SECRET_KEY", "sk",
                  "LANGFUSE_BASE_URL", sink.url()));
      ended.countDown();

      assertThat(result.exitCode()).isZero();
      assertThat(result.lines("stale: hello")).hasSize(1);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
