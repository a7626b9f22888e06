package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.api.Project;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LangfuseServerTest {
  @TempDir private Path folder;

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("langfuse4j"))
        .collect(Collectors.toSet());
  }

  /** Neither threads nor the lock on the folder. */
  private void assertNothingLeft(Set<Thread> before) {
    await()
        .untilAsserted(
            () ->
                assertThat(threads())
                    .filteredOn(thread -> !before.contains(thread))
                    .extracting(Thread::getName)
                    .isEmpty());
    LangfuseServer.builder(folder).port(0).start().close();
  }

  @Test
  void requestLogThatCannotBeWritten_isSaidAndNothingGoesOnRunning() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    Set<Thread> before = threads();

    assertThatThrownBy(
            () ->
                LangfuseServer.builder(folder)
                    .port(0)
                    .requestLog(file.resolve("requests.log"))
                    .start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("requests.log cannot be written");

    assertNothingLeft(before);
  }

  @Test
  void portInUse_isSaidAndNothingGoesOnRunning(@TempDir Path other) {
    try (LangfuseServer first = LangfuseServer.builder(other).port(0).start()) {
      Set<Thread> before = threads();

      assertThatThrownBy(
              () ->
                  LangfuseServer.builder(folder)
                      .port(first.port())
                      .requestLog(folder.resolve("requests.log"))
                      .start())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("is in use");

      assertNothingLeft(before);
    }
  }

  @Test
  void addressOfAnotherMachine_isNotCalledInUse() {
    LangfuseServer.Builder builder =
        LangfuseServer.builder(folder)
            .host("192.0.2.1")
            .port(0)
            .requireKeys(true)
            .project(new Project("p", "P", "pk-of-a-test", "sk-of-a-test"));

    assertThatThrownBy(builder::start)
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--host 192.0.2.1 is not an address of this machine");
  }

  @Test
  void closedTwice_isClosed() {
    Set<Thread> before = threads();
    LangfuseServer server = LangfuseServer.builder(folder).port(0).start();

    server.close();
    server.close();

    assertThat(folder.resolve("langfuse4j.db")).exists();
    assertNothingLeft(before);
  }
}
