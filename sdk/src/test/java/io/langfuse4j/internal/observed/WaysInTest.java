package io.langfuse4j.internal.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.Langfuse;
import io.langfuse4j.Observe;
import io.langfuse4j.testing.OtlpSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** More than one way in around the same method. */
class WaysInTest {

  private final OtlpSink sink = new OtlpSink();
  private final Langfuse langfuse =
      Langfuse.builder().publicKey("pk").secretKey("sk").baseUrl(sink.url()).build();
  private final MethodObserver observer;

  WaysInTest() throws NoSuchMethodException {
    observer = MethodObserver.of(WaysInTest.class.getDeclaredMethod("work"));
  }

  @AfterEach
  void stop() {
    langfuse.close();
    sink.close();
  }

  @Observe
  void work() {}

  private Object through(WayIn way, MethodObserver.Body body) throws Throwable {
    return observer.call(langfuse, way, new Object[0], body);
  }

  @Test
  void threeWays_observeACallOnce() throws Throwable {
    through(
        WayIn.PROXY, () -> through(WayIn.SPRING, () -> through(WayIn.WOVEN, () -> "the method")));

    langfuse.flush();
    assertThat(sink.names()).containsExactly("work");
  }

  @Test
  void theLastWayMetAgain_isACallWithinTheCall() throws Throwable {
    through(
        WayIn.SPRING, () -> through(WayIn.WOVEN, () -> through(WayIn.WOVEN, () -> "the method")));

    langfuse.flush();
    assertThat(sink.names()).containsExactly("work", "work");
    assertThat(sink.spans().get(0).parentSpanId()).isEqualTo(sink.spans().get(1).spanId());
  }
}
