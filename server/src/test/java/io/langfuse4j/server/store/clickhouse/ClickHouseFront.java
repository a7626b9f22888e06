package io.langfuse4j.server.store.clickhouse;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * ClickHouse's engine behind HTTP, one process for all tests: {@code conformance/clickhouse}.
 * Another ClickHouse may be named by {@code -Dlangfuse4j.test.clickhouse=URL}; the packages are
 * looked for beside the front, or in the folder {@code LANGFUSE4J_CHDB} names.
 */
public final class ClickHouseFront {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static String url;

  private ClickHouseFront() {}

  /** A database of the test's own. Skips the test where there is no engine. */
  public static ClickHouseSettings emptyDatabase() {
    return ClickHouseSettings.of(
        url(),
        null,
        Map.of(
            "LANGFUSE4J_CLICKHOUSE_DATABASE",
            "test_" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet()));
  }

  public static synchronized String url() {
    if (url == null) {
      String given = System.getProperty("langfuse4j.test.clickhouse", "");
      url = given.isEmpty() ? start() : given;
    }
    return url;
  }

  private static String start() {
    Path front = Path.of("..", "conformance", "clickhouse").toAbsolutePath().normalize();
    Path modules =
        Path.of(
            System.getenv()
                .getOrDefault("LANGFUSE4J_CHDB", front.resolve("node_modules").toString()));
    assumeTrue(
        Files.isDirectory(modules.resolve("chdb")),
        "ClickHouse's engine is not there: conformance/clickhouse/run");
    try {
      // Its end is told by the closed standard input, when this process ends.
      Process process =
          new ProcessBuilder(
                  "node", front.resolve("server.mjs").toString(), "--modules", modules.toString())
              .redirectError(Redirect.INHERIT)
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String ready = lines.readLine();
      if (ready == null || !ready.startsWith("ready ")) {
        throw new IllegalStateException("The front of ClickHouse did not start: " + ready);
      }
      return URI.create(ready.substring("ready ".length())).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
