package io.langfuse4j.junit;

import io.langfuse4j.Langfuse;
import io.langfuse4j.server.LangfuseServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A Langfuse server inside the test's process, on a free port and with an empty folder, for the
 * tests of a class, and a client that sends to it. Register it in a static field. Needs {@code
 * langfuse4j-server} on the class path.
 */
public final class LangfuseServerExtension implements BeforeAllCallback, AfterAllCallback {

  private @Nullable Path folder;
  private @Nullable LangfuseServer server;
  private @Nullable Langfuse client;

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("langfuse4j-junit");
    server = LangfuseServer.builder(folder).port(0).start();
    client =
        Langfuse.builder()
            .baseUrl(url())
            .publicKey("pk-lf-test")
            .secretKey("sk-lf-test")
            .shutdownHook(false)
            .build();
  }

  @Override
  public void afterAll(ExtensionContext context) throws IOException {
    if (client != null) {
      client.close();
    }
    if (server != null) {
      server.close();
    }
    if (folder != null) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(LangfuseServerExtension::delete);
      }
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Address of the server. */
  public String url() {
    return running(server).url();
  }

  /** A client that sends to the server. */
  public Langfuse client() {
    return running(client);
  }

  private static <T> T running(@Nullable T part) {
    if (part == null) {
      throw new IllegalStateException("The server runs during the tests of a class only.");
    }
    return part;
  }
}
