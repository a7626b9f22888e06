package io.langfuse4j.server.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export}: writes the traces of a server, ours or any other Langfuse, to a file. */
@Command(
    name = "export",
    description = "Write a server's traces to a file, one per line, oldest first.",
    mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
  private static final int PAGE = 100;

  @Mixin private Connection connection = new Connection();

  @Option(
      names = "--to",
      paramLabel = "FILE",
      required = true,
      description = "The file to write; one that exists is replaced when all is there.")
  private Path to = Path.of("traces.jsonl");

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "LANGFUSE",
      description = {
        "LANGFUSE: traces as the API shows them, with observations and scores.",
        "OTLP: OTLP/JSON, for any OpenTelemetry backend; without scores."
      })
  private Format format = Format.LANGFUSE;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "Only traces from then on, such as 2026-01-31T00:00:00Z.")
  private @Nullable String from;

  enum Format {
    LANGFUSE,
    OTLP
  }

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = new Progress("traces exported");
    try {
      write(progress);
    } catch (IOException e) {
      System.err.println(
          "The export failed after " + progress.count() + " traces: " + reason(e) + ".");
      return 1;
    }
    System.out.println(progress.count() + " traces were written to " + to + ".");
    return 0;
  }

  /** The messages of these are nothing but the file. */
  private static String reason(IOException e) {
    return e instanceof FileSystemException refused && refused.getReason() == null
        ? refused.getFile() + " cannot be written"
        : String.valueOf(e.getMessage());
  }

  /** Beside the file first: an export that fails must not take an older one with it. */
  private void write(Progress progress) throws IOException, InterruptedException {
    Path part = to.resolveSibling(to.getFileName() + ".part");
    if (Files.exists(to) && !Files.isRegularFile(to)) {
      writeTo(to, progress);
      return;
    }
    try {
      writeTo(part, progress);
      Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void writeTo(Path file, Progress progress) throws IOException, InterruptedException {
    RemoteServer server = connection.open();
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      int pages = 1;
      for (int page = 1; page <= pages; page++) {
        JsonNode list = server.get(path(page));
        pages = list.path("meta").path("totalPages").asInt();
        for (JsonNode trace : list.path("data")) {
          String id = RemoteServer.encode(trace.path("id").asText());
          JsonNode whole = server.get("/api/public/traces/" + id);
          JsonNode line = format == Format.OTLP ? OtlpTraces.of(whole) : whole;
          writer.write(RemoteServer.MAPPER.writeValueAsString(line));
          writer.newLine();
          progress.step();
        }
      }
    }
  }

  private String path(int page) {
    return "/api/public/traces?fields=core&orderBy=timestamp.asc&limit="
        + PAGE
        + "&page="
        + page
        + (from == null ? "" : "&fromTimestamp=" + RemoteServer.encode(from));
  }
}
