package io.langfuse4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.server.OtlpRequest;
import io.langfuse4j.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TransferTest {
  @TempDir private Path folder;
  private TestServer from;
  private TestServer to;

  @BeforeEach
  void start() {
    from = TestServer.start(folder.resolve("from"));
    to = TestServer.start(folder.resolve("to"));
    for (int trace = 1; trace <= 3; trace++) {
      from.ingest(
          OtlpRequest.root(trace, 1, "run")
              .attribute("langfuse.observation.type", "agent")
              .attribute("langfuse.observation.input", "{\"question\":\"why " + trace + "\"}")
              .attribute("langfuse.observation.metadata.tenant", "a")
              .attribute("user.id", "marie")
              .attribute("session.id", "s")
              .child(trace, 2, 1, "ask")
              .generation("gpt-4o", 10, 5)
              .attribute("langfuse.observation.output", "because"));
    }
    from.send(
        "POST",
        "/api/public/scores",
        "{'id':'s1','traceId':'" + OtlpRequest.traceId(1) + "','name':'thumbs','value':1}");
  }

  @AfterEach
  void stop() {
    from.close();
    to.close();
  }

  private void move(String format) {
    String file = folder.resolve("traces.jsonl").toString();
    assertThat(
            new CommandLine(new ExportCommand())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute("--url", from.url(), "--to", file, "--format", format))
        .isZero();
    // Twice, which must change nothing.
    for (int i = 0; i < 2; i++) {
      assertThat(new CommandLine(new ImportCommand()).execute("--url", to.url(), file)).isZero();
    }
  }

  /** A trace as the API shows it, without what says when and by whom it was stored. */
  private static JsonNode trace(TestServer server, int number) {
    ObjectNode trace =
        (ObjectNode) server.json("/api/public/traces/" + OtlpRequest.traceId(number));
    forget(trace);
    trace.path("observations").forEach(each -> forget((ObjectNode) each));
    trace.path("scores").forEach(each -> forget((ObjectNode) each));
    return trace;
  }

  private static void forget(ObjectNode node) {
    node.remove(List.of("createdAt", "updatedAt", "source", "metadata"));
  }

  @Test
  void langfuseFormat_bringsEverythingToTheOtherServer() {
    move("langfuse");

    for (int number = 1; number <= 3; number++) {
      assertThat(trace(to, number)).isEqualTo(trace(from, number));
    }
    assertThat(trace(to, 1).path("scores")).hasSize(1);
    assertThat(to.json("/api/public/traces?limit=1").path("meta").path("totalItems").asInt())
        .isEqualTo(3);
  }

  @Test
  void otlpFormat_bringsTracesAndObservations() {
    move("otlp");

    assertThat(trace(to, 2)).isEqualTo(trace(from, 2));
    assertThat(trace(to, 1).path("scores")).isEmpty();
    assertThat(
            to.json("/api/public/traces/" + OtlpRequest.traceId(1))
                .path("observations")
                .findValuesAsText("tenant"))
        .contains("a");
  }

  @Test
  void serverThatRefuses_isSaid_andTheCommandFails() {
    assertThat(
            new CommandLine(new ImportCommand())
                .execute("--url", to.url(), folder.resolve("none").toString()))
        .isEqualTo(1);
  }

  @Test
  void exportThatFails_leavesTheOlderFile_andNoPart() throws Exception {
    Path file = folder.resolve("older.jsonl");
    Files.writeString(file, "older");

    assertThat(
            new CommandLine(new ExportCommand())
                .execute("--url", from.url() + "/nowhere", "--to", file.toString()))
        .isOne();

    assertThat(file).hasContent("older");
    assertThat(folder.resolve("older.jsonl.part")).doesNotExist();
  }

  @Test
  void fileThatIsNoExport_isSaidWithItsLine() throws Exception {
    Path file = folder.resolve("broken.jsonl");
    Files.writeString(file, "\nnot JSON\n");
    PrintStream before = System.err;
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      CommandLine command = new CommandLine(new ImportCommand());
      assertThat(command.execute("--url", to.url(), file.toString())).isOne();
      assertThat(command.execute("--url", to.url(), folder.resolve("none").toString())).isOne();
      assertThat(command.execute("--url", "127.0.0.1", file.toString())).isOne();
    } finally {
      System.setErr(before);
    }

    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("line 2 of " + file + " is not a trace")
        .contains("There is no file " + folder.resolve("none"))
        .contains("such as http://127.0.0.1:3000, not 127.0.0.1");
  }
}
