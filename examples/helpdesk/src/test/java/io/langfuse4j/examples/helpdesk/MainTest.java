package io.langfuse4j.examples.helpdesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class MainTest {
  private final CommandLine command = new CommandLine(new Main());

  @AfterEach
  void forget() {
    System.clearProperty("helpdesk.base-url");
  }

  @Test
  void help_namesEveryOption() {
    assertThat(command.getUsageMessage())
        .contains("--base-url", "--model", "--api-key", "--verify", "--with-server", "--port")
        .contains("--data", "--once", "HELPDESK_BASE_URL");
  }

  @Test
  void execute_baseUrlWithoutModel_isMisuse() {
    assertThat(command.execute("--base-url", "http://localhost:1/v1")).isEqualTo(2);
  }

  @Test
  void execute_baseUrlAsSystemProperty_isTheSame() {
    System.setProperty("helpdesk.base-url", "http://localhost:1/v1");

    assertThat(command.execute()).isEqualTo(2);
  }

  @Test
  void execute_unknownOption_isMisuse() {
    assertThat(command.execute("--nonsense")).isEqualTo(2);
  }

  @Test
  void isTaken_followsTheSocket() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
      assertThat(ServerProcess.isTaken(port)).isTrue();
    }
    assertThat(ServerProcess.isTaken(port)).isFalse();
  }

  @Test
  void start_serverThatEndsAtOnce_tellsItsExitCode() {
    assertThatIOException()
        .isThrownBy(
            () -> ServerProcess.start(Path.of("missing.jar"), Path.of("unused"), 0, line -> {}))
        .withMessage("The server ended before it was ready (exit code 1)");
  }
}
