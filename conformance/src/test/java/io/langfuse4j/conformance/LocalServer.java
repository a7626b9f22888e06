package io.langfuse4j.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The server as users start it: its jar in a process of its own, on a free port, in a new folder.
 */
final class LocalServer implements AutoCloseable {

  private static final Pattern READY = Pattern.compile(" is ready at (http://\\S+)");
  private static final int START_SECONDS = 120;
  private static final int STOP_SECONDS = 60;

  private final Process process;
  private final Path data;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<URI> ready = new CompletableFuture<>();

  private LocalServer(Process process, Path data) {
    this.process = process;
    this.data = data;
  }

  static LocalServer start() {
    Path jar = Path.of(System.getProperty("langfuse4j.server.jar", "langfuse4j.server.jar unset"));
    if (!Files.exists(jar)) {
      throw new IllegalStateException(jar + " does not exist: package the server module first");
    }
    try {
      Path data = Files.createTempDirectory("langfuse4j-conformance");
      LocalServer server = new LocalServer(launch(jar, data), data);
      Thread reader = new Thread(server::readOutput, "conformance-server-output");
      reader.setDaemon(true);
      reader.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Process launch(Path jar, Path data) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(), "-jar", jar.toString(), "--port", "0", "--data", data.toString())
        .redirectErrorStream(true)
        .start();
  }

  private void readOutput() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        Matcher matcher = READY.matcher(line);
        if (matcher.find()) {
          ready.complete(URI.create(matcher.group(1)));
        }
      }
    } catch (IOException e) {
      output.add(e.toString());
    }
    ready.completeExceptionally(new IllegalStateException("the server ended: " + output));
  }

  /** Waits for the line that says the server is ready. */
  URI url() {
    try {
      return ready.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the server is not ready: " + output, e);
    }
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the server did not stop when told to: " + output);
    }
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
