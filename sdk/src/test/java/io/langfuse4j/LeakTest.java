package io.langfuse4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.Requirement;
import java.lang.ref.WeakReference;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Observations that nobody ends. */
@Requirement("R63")
class LeakTest extends ClientTest {

  private final Logger logger = Logger.getLogger("io.langfuse4j");
  private final List<Handler> handlers = List.of(logger.getHandlers());

  /** Debugging is for the whole process, and the other tests are not debugged. */
  @AfterEach
  void stopDebugging() {
    logger.setLevel(null);
    for (Handler handler : logger.getHandlers()) {
      if (!handlers.contains(handler)) {
        logger.removeHandler(handler);
      }
    }
  }

  private static WeakReference<Object> forget(Langfuse client) {
    return new WeakReference<>(client.startObservation("forgotten"));
  }

  private static void awaitCollected(WeakReference<Object> reference) {
    await()
        .atMost(20, TimeUnit.SECONDS)
        .until(
            () -> {
              System.gc();
              return reference.get() == null;
            });
  }

  private static List<String> leaks(RecordedLogs logs) {
    return logs.warnings().stream().filter(line -> line.contains("never ended")).toList();
  }

  @Test
  void forgotten_whileDebugging_isSaidOnceWithThePlace() {
    try (RecordedLogs logs = new RecordedLogs()) {
      Langfuse client = client(s -> s.debug(true));
      client.startObservation("ended").end();
      for (int i = 0; i < 3; i++) {
        awaitCollected(forget(client));
      }
      await().atMost(20, TimeUnit.SECONDS).until(() -> !leaks(logs).isEmpty());

      assertThat(leaks(logs))
          .singleElement()
          .asString()
          .contains("'forgotten'", "io.langfuse4j.LeakTest.forget(LeakTest.java:");
      assertThat(client.flush()).isTrue();
      assertThat(sink.names()).containsExactly("ended");
    }
  }

  private static Set<Thread> watchersSince(Set<Thread> before) {
    Set<Thread> watchers = new HashSet<>(Thread.getAllStackTraces().keySet());
    watchers.removeIf(thread -> !thread.getName().equals("langfuse-leaks"));
    watchers.removeAll(before);
    return watchers;
  }

  @Test
  void withoutDebugging_nobodyWatches() {
    Set<Thread> before = watchersSince(Set.of());
    client(s -> {}).startObservation("o").end();
    assertThat(watchersSince(before)).isEmpty();

    client(s -> s.debug(true)).startObservation("o").end();
    assertThat(watchersSince(before)).hasSize(1);
  }
}
