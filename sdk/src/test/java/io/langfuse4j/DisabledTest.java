package io.langfuse4j;

import static io.langfuse4j.ObservationType.GENERATION;
import static io.langfuse4j.ObservationType.TOOL;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Tracing that is off. */
@Requirement({"R151", "R152"})
class DisabledTest {

  private final Langfuse off =
      Langfuse.builder()
          .surroundings(Map.of(), ClientTest.NO_LOCAL_SERVER)
          .tracingEnabled(false)
          .build();

  @Test
  void everyForm_runsTheBodyAndRecordsNothing() {
    Context before = Context.current();
    String result =
        off.observe(
            "callback",
            GENERATION,
            g -> {
              assertThat(Span.current()).isSameAs(Span.getInvalid());
              assertThat(g.traceId()).matches("0{32}");
              assertThat(g.traceUrl()).isNull();
              g.model("m").input("x").usage(u -> u.input(1)).cost(BigDecimal.ONE);
              return "result";
            });
    try (LangfuseTool tool = off.startActiveObservation("scope", TOOL)) {
      tool.startObservation("child").end();
      tool.run("task", t -> {});
    }
    assertThat(off.observeAsync("async", g -> CompletableFuture.completedFuture(1)))
        .isCompletedWithValue(1);
    off.startObservation("plain").metadata("k", 1).fail(new Error()).end();
    off.createEvent("event", e -> e.input(1));
    off.updateCurrentSpan(s -> s.output(1));

    assertThat(result).isEqualTo("result");
    assertThat(Context.current()).isSameAs(before);
    assertThat(off.isEnabled()).isFalse();
    assertThat(off.currentTraceId()).isNull();
    assertThat(off.traceUrl("x")).isNull();
    assertThat(off.flush()).isTrue();
    assertThat(off.stats().toString()).startsWith("sent 0, queued 0");
    assertThat(off.close(java.time.Duration.ofSeconds(1))).isTrue();
  }

  @Test
  @Requirement({"R27", "R151"})
  void observe_bodyThrows_rethrowsTheSameInstance() {
    IllegalStateException failure = new IllegalStateException();
    assertThat(
            org.assertj.core.api.Assertions.catchThrowable(
                () ->
                    off.run(
                        "x",
                        o -> {
                          throw failure;
                        })))
        .isSameAs(failure);
  }

  @Test
  void build_startsNoThread() {
    java.util.Set<Thread> before = Thread.getAllStackTraces().keySet();
    try (Langfuse another =
        Langfuse.builder()
            .surroundings(Map.of(), ClientTest.NO_LOCAL_SERVER)
            .tracingEnabled(false)
            .build()) {
      another.run("x", o -> {});
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> !before.contains(thread))
          .extracting(Thread::getName)
          .noneMatch(name -> name.startsWith("langfuse") || name.startsWith("HttpClient"));
    }
  }

  @Test
  void observations_allocateNothing() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    use(20_000);
    long start = threads.getThreadAllocatedBytes(id);
    use(0);
    long measuring = threads.getThreadAllocatedBytes(id) - start;

    start = threads.getThreadAllocatedBytes(id);
    use(10_000);
    long allocated = threads.getThreadAllocatedBytes(id) - start;

    assertThat(allocated - measuring).as("bytes for 10,000 observations").isLessThan(10_000);
  }

  private void use(int times) {
    for (int i = 0; i < times; i++) {
      off.observe(
          "callback",
          GENERATION,
          g -> {
            g.model("m").input("in").output("out").usage(u -> u.input(1_000).output(2_000));
            g.cost(BigDecimal.ONE).metadata("k", "v");
            return "x";
          });
      LangfuseTool tool = off.startObservation("plain", TOOL);
      tool.startObservation("child").end();
      tool.output("x").end();
      try (LangfuseSpan span = off.startActiveObservation("scope")) {
        span.update(s -> s.level(Level.WARNING));
      }
    }
  }
}
