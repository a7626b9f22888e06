package io.langfuse4j.conformance.services;

import io.langfuse4j.testing.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** {@link ServiceB} in a JVM of its own. */
final class RunningService implements AutoCloseable {

  private final Process process;
  private final List<String> output = new CopyOnWriteArrayList<>();
  private final CompletableFuture<Integer> port = new CompletableFuture<>();

  private RunningService(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "service-b-output");
    reader.setDaemon(true);
    reader.start();
  }

  /**
   * @param without parts of names of jars that are not on its class path
   */
  static RunningService start(List<String> without, Map<String, String> properties) {
    String[] arguments =
        properties.entrySet().stream()
            .map(property -> "--" + property.getKey() + "=" + property.getValue())
            .toArray(String[]::new);
    return new RunningService(ChildJvm.start(ServiceB.class, without, Map.of(), arguments));
  }

  private void read() {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        if (line.startsWith(ServiceB.READY)) {
          port.complete(Integer.valueOf(line.substring(ServiceB.READY.length())));
        }
      }
    } catch (IOException ended) {
      output.add(ended.toString());
    } finally {
      port.completeExceptionally(new IllegalStateException(String.join("\n", output)));
    }
  }

  int port() {
    try {
      return port.get(180, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("the service is not ready", e);
    }
  }

  List<String> output() {
    return output;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the service did not stop: " + output);
    }
  }
}
