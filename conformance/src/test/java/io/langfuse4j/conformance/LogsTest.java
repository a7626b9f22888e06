package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.testing.OtlpSink;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whatever goes wrong and however much is logged: no content, no keys, no header values. */
class LogsTest {

  @Test
  void logs_neverHoldContentOrKeys() {
    try (OtlpSink sink = new OtlpSink().answering(request -> OtlpSink.Answer.status(400));
        LogLines log = new LogLines()) {
      try (Langfuse langfuse = debugging(sink)) {
        langfuse.run(
            "step",
            span ->
                span.input("secret input")
                    .output(new FailingGetter())
                    .metadata("note", "secret metadata")
                    .fail(new IllegalStateException("secret message")));
        Langfuse.propagateAttributes(a -> a.userId("secret user ".repeat(50))).close();
        assertThat(langfuse.flush()).isFalse();
      }

      assertThat(log.all()).isNotEmpty();
      assertThat(log.containing("secret")).isEmpty();
    }
  }

  private static Langfuse debugging(OtlpSink sink) {
    return Langfuse.builder()
        .publicKey("pk")
        .secretKey("sk-secret")
        .baseUrl(sink.url())
        .additionalHeaders(Map.of("X-Gateway", "secret header"))
        .debug(true)
        .build();
  }

  /** A bean whose getter fails. */
  public static final class FailingGetter {
    public String getText() {
      throw new IllegalStateException("secret getter");
    }
  }
}
