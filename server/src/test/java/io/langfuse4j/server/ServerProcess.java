package io.langfuse4j.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The server as users start it: {@code java -jar} in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile("Langfuse4j is ready at (http://\\S+) after (\\d+) ms");

  private final Process process;
  private final List<String> output = new ArrayList<>();
  private String url = "";

  private ServerProcess(Process process) {
    this.process = process;
  }

  static Path jar() {
    return Path.of(System.getProperty("langfuse4j.server.jar"));
  }

  /** Runs the jar and reads standard output up to the ready line, or to its end. */
  static ServerProcess run(Map<String, String> environment, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.add("-jar");
    command.add(jar().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LANGFUSE"));
    builder.environment().putAll(environment);
    ServerProcess server = new ServerProcess(builder.start());
    server.awaitReady();
    return server;
  }

  private void awaitReady() throws IOException {
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    while (line != null) {
      output.add(line);
      Matcher ready = READY.matcher(line);
      if (ready.matches()) {
        url = ready.group(1);
        // Whoever does not read what a process says stops it in the end.
        Thread draining = new Thread(() -> drain(reader));
        draining.setDaemon(true);
        draining.start();
        return;
      }
      line = reader.readLine();
    }
  }

  private static void drain(BufferedReader reader) {
    try {
      while (reader.readLine() != null) {
        continue;
      }
    } catch (IOException e) {
      // The process has ended.
    }
  }

  long pid() {
    return process.pid();
  }

  String url() {
    return url;
  }

  List<String> output() {
    return output;
  }

  HttpResponse<String> send(HttpClient client, String path, OtlpRequest body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url + path));
    if (body != null) {
      request
          .header("Content-Type", "application/x-protobuf")
          .POST(HttpRequest.BodyPublishers.ofByteArray(body.protobuf()));
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM, and what the process ends with. */
  int terminate() throws InterruptedException {
    process.destroy();
    return exitCode();
  }

  int exitCode() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("The server did not end");
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
