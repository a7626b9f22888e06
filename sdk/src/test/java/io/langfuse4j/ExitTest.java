package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.testing.ChildJvm;
import io.langfuse4j.testing.OtlpSink;
import io.langfuse4j.testing.Requirement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a process has only one of: its environment, its exit, its first warning. */
class ExitTest {

  private final OtlpSink sink = new OtlpSink();
  private final Map<String, String> environment =
      Map.of(
          "LANGFUSE_PUBLIC_KEY",
          "pk",
          "LANGFUSE_SECRET_KEY",
          "sk-secret",
          "LANGFUSE_BASE_URL",
          sink.url(),
          "LANGFUSE_FLUSH_INTERVAL",
          "3600");

  @AfterEach
  void close() {
    sink.close();
  }

  /** Forgets to flush and to close. */
  static final class Forgetful {
    private Forgetful() {}

    public static void main(String[] arguments) {
      Langfuse langfuse = Langfuse.get();
      if (langfuse != Langfuse.get()) {
        throw new AssertionError("two clients");
      }
      for (int i = 0; i < 20; i++) {
        langfuse.run("forgotten", o -> {});
      }
      long threads =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("langfuse-export"))
              .count();
      System.out.println("export threads: " + threads);
      langfuse.close();
      langfuse.run("lost", o -> {});
      Langfuse.get().run("after a new one was made", o -> {});
    }
  }

  @Test
  @Requirement({"R21", "R22", "R142"})
  void exit_ofAMainThatForgetsEverything_sends() {
    ChildJvm.Result result = ChildJvm.run(Forgetful.class, environment);

    assertThat(result.output()).contains("export threads: 1").doesNotContain("secret");
    assertThat(result.exitCode()).isZero();
    assertThat(sink.names())
        .hasSize(21)
        .contains("forgotten", "after a new one was made")
        .doesNotContain("lost");
  }

  /** Works until it is told to stop. */
  static final class Busy {
    private Busy() {}

    public static void main(String[] arguments) throws Exception {
      Langfuse langfuse = Langfuse.get();
      for (int i = 0; i < 1_000; i++) {
        langfuse.run("before", o -> {});
      }
      System.out.println("ready");
      new java.util.concurrent.CountDownLatch(1).await();
    }
  }

  @Test
  @Requirement("R143")
  void sigterm_duringWork_losesNothing() throws Exception {
    Process process = ChildJvm.start(Busy.class, environment);
    StringBuilder line = new StringBuilder();
    for (int c = process.getInputStream().read();
        c >= 0 && line.indexOf("ready") < 0;
        c = process.getInputStream().read()) {
      line.append((char) c);
    }
    process.toHandle().destroy();
    ChildJvm.finish(process);

    assertThat(sink.spans()).hasSize(1_000);
  }

  /** Leaves with a server that does not answer, long before its patience with one request ends. */
  @Test
  @Requirement({"R142", "R143", "R151"})
  void exit_serverHangs_isNotHeldUpByTheRequest() {
    java.util.concurrent.CountDownLatch release = new java.util.concurrent.CountDownLatch(1);
    sink.answering(
        n -> {
          try {
            release.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return OtlpSink.Answer.status(200);
        });
    Map<String, String> patient = new HashMap<>(environment);
    patient.put("LANGFUSE_TIMEOUT", "120");
    Process process = ChildJvm.start(Once.class, patient);
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> !process.isAlive());
      assertThat(ChildJvm.finish(process).exitCode()).isZero();
    } finally {
      release.countDown();
    }
  }

  /** Makes one observation. */
  static final class Once {
    private Once() {}

    public static void main(String[] arguments) {
      Langfuse.get().run("one", o -> {});
    }
  }

  /** Jars of different versions of OpenTelemetry lack each other's classes. */
  @Test
  void mixedVersionsOfOpenTelemetry_areOneLineAndTheProgramRuns() {
    ChildJvm.Result result =
        ChildJvm.finish(
            ChildJvm.start(Once.class, List.of("opentelemetry-sdk-common"), environment));

    assertThat(result.lines("WARNING: "))
        .as(result.output())
        .singleElement()
        .asString()
        .contains("tracing is off", "opentelemetry-api-", "opentelemetry-bom");
    assertThat(result.output()).doesNotContain("\tat ");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void exit_keysRefused_isSaidThoughTheLogIsClosedByThen() {
    sink.answering(n -> OtlpSink.Answer.status(401));

    ChildJvm.Result result = ChildJvm.run(Once.class, environment);

    assertThat(result.lines("WARNING: "))
        .as(result.output())
        .hasSize(2)
        .anyMatch(line -> line.contains("refused the keys (401): check that LANGFUSE_PUBLIC_KEY"))
        .anyMatch(line -> line.contains("closed before everything was delivered"));
    assertThat(result.exitCode()).isZero();
  }

  /** Does not want to hear of Langfuse. */
  static final class Deaf {
    private Deaf() {}

    public static void main(String[] arguments) {
      java.util.logging.Logger.getLogger("io.langfuse4j").setLevel(java.util.logging.Level.OFF);
      Langfuse.get().run("one", o -> {});
    }
  }

  @Test
  void exit_keysRefusedAndLoggingOff_isSilent() {
    sink.answering(n -> OtlpSink.Answer.status(401));

    ChildJvm.Result result = ChildJvm.run(Deaf.class, environment);

    assertThat(result.output()).isEmpty();
    assertThat(result.exitCode()).isZero();
  }

  /** Does everything that is warned of, twice. */
  static final class Careless {
    private Careless() {}

    public static void main(String[] arguments) {
      Langfuse langfuse = Langfuse.get();
      for (int i = 0; i < 2; i++) {
        langfuse.updateCurrentSpan(s -> s.output("x"));
        langfuse.run("root", o -> o.parent(TraceContext.of("XYZ")), o -> {});
        Langfuse.propagateAttributes(
                a -> a.userId("private".repeat(100)).metadata("bad key!", "private"))
            .run(() -> {});
      }
      langfuse.close();
      langfuse.run("late", o -> {});
      langfuse.run("late", o -> {});
    }
  }

  @Test
  @Requirement({"R85", "R104", "R136", "R150"})
  void warnings_areGivenOnceAndNeverContainValues() {
    ChildJvm.Result result = ChildJvm.run(Careless.class, environment);

    assertThat(result.lines("WARNING"))
        .as(result.output())
        .hasSize(5)
        .anyMatch(line -> line.contains("updateCurrentSpan was called with no observation active"))
        .anyMatch(line -> line.contains("32 hexadecimal characters"))
        .anyMatch(line -> line.contains("userId is longer than 200 characters"))
        .anyMatch(line -> line.contains("metadata has a key with characters other than"))
        .anyMatch(line -> line.contains("ended after Langfuse was closed"));
    assertThat(result.output()).doesNotContain("private").doesNotContain("sk-secret");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  @Requirement("R152")
  void missingKeys_areOneLineAndTheProgramRuns() {
    ChildJvm.Result result = ChildJvm.run(Once.class, Map.of("LANGFUSE_PUBLIC_KEY", "pk"));

    assertThat(result.lines("Langfuse: "))
        .as(result.output())
        .singleElement()
        .asString()
        .contains("LANGFUSE_SECRET_KEY is not set");
    assertThat(result.output()).doesNotContain("\tat ");
    assertThat(result.exitCode()).isZero();
  }
}
