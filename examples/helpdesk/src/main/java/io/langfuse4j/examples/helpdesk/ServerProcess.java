package io.langfuse4j.examples.helpdesk;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Langfuse4j server as a child of this process. It does not outlive its parent. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready at (https?://[^\\s/]+)");

  private final Process process;
  private final URI baseUrl;

  private ServerProcess(Process process, URI baseUrl) {
    this.process = process;
    this.baseUrl = baseUrl;
  }

  /**
   * Starts the server, and returns when it has said that it is ready.
   *
   * @param port 0 picks a free one
   * @param out gets each line that the server prints
   */
  static ServerProcess start(Path jar, Path data, int port, Consumer<String> out)
      throws IOException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    jar.toString(),
                    "--port",
                    Integer.toString(port),
                    "--data",
                    data.toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(process), "helpdesk-stop-server"));
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    URI baseUrl = awaitUrl(output, process, out);
    Thread copier = new Thread(() -> output.lines().forEach(out), "helpdesk-server-output");
    copier.setDaemon(true);
    copier.start();
    return new ServerProcess(process, baseUrl);
  }

  /** Whether somebody already listens there. */
  static boolean isTaken(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  URI baseUrl() {
    return baseUrl;
  }

  /** Waits until the server ends, which is when somebody stops it. */
  int await() throws InterruptedException {
    return process.waitFor();
  }

  @Override
  public void close() {
    stop(process);
  }

  private static URI awaitUrl(BufferedReader output, Process process, Consumer<String> out)
      throws IOException {
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      out.accept(line);
      Matcher ready = READY.matcher(line);
      if (ready.find()) {
        return URI.create(ready.group(1));
      }
    }
    stop(process);
    throw new IOException(
        "The server ended before it was ready (exit code " + process.exitValue() + ")");
  }

  private static void stop(Process process) {
    process.destroy();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
