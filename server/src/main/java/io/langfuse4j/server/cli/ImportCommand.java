package io.langfuse4j.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code import}: sends what {@code export} wrote to a server, ours or any other Langfuse. Doing it
 * twice changes nothing.
 */
@Command(
    name = "import",
    description = "Send a file that export wrote, or lines of OTLP/JSON, to a server.",
    mixinStandardHelpOptions = true)
public final class ImportCommand implements Callable<Integer> {
  @Mixin private Connection connection = new Connection();

  @Parameters(paramLabel = "FILE", description = "One trace per line, in either format.")
  private Path file = Path.of("traces.jsonl");

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = new Progress("traces imported");
    if (!Files.isRegularFile(file)) {
      System.err.println("There is no file " + file + ".");
      return 1;
    }
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      RemoteServer server = connection.open();
      String line = reader.readLine();
      for (int number = 1; line != null; number++) {
        if (!line.isBlank()) {
          send(server, trace(line, number));
          progress.step();
        }
        line = reader.readLine();
      }
    } catch (CharacterCodingException e) {
      System.err.println(file + " is not text in UTF-8, as export writes it.");
      return 1;
    } catch (IOException e) {
      System.err.println(
          "The import failed after " + progress.count() + " traces: " + e.getMessage());
      return 1;
    }
    System.out.println(progress.count() + " traces were imported.");
    return 0;
  }

  private JsonNode trace(String line, int number) throws IOException {
    try {
      JsonNode trace = RemoteServer.MAPPER.readTree(line);
      if (trace.isObject()) {
        return trace;
      }
    } catch (JsonProcessingException e) {
      // Said below, without what is in the file.
    }
    throw new IOException(
        "line " + number + " of " + file + " is not a trace as export writes it, or OTLP/JSON");
  }

  private static void send(RemoteServer server, JsonNode trace)
      throws IOException, InterruptedException {
    if (trace.has("resourceSpans")) {
      server.post("/api/public/otel/v1/traces", trace);
      return;
    }
    ObjectNode batch = RemoteServer.MAPPER.createObjectNode();
    batch.set("batch", IngestionEvents.of(trace));
    JsonNode errors = server.post("/api/public/ingestion", batch).path("errors");
    if (!errors.isEmpty()) {
      throw new IOException("trace " + trace.path("id").asText() + ": " + errors.get(0));
    }
  }
}
