package io.langfuse4j.server.store.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL, one process for all tests. Another may be named by {@code
 * -Dlangfuse4j.test.postgres=jdbc:postgresql://host/database}, with the variables of the server.
 */
public final class PostgresServer {
  private static final AtomicInteger SCHEMAS = new AtomicInteger();
  private static String url;

  private PostgresServer() {}

  /** A schema of the test's own. Skips the test where there is no PostgreSQL. */
  public static PostgresSettings emptySchema() {
    String schema = "test_" + ProcessHandle.current().pid() + "_" + SCHEMAS.incrementAndGet();
    execute(settings(""), "CREATE SCHEMA " + schema);
    return settings("currentSchema=" + schema);
  }

  /** Another one who speaks to the same database. */
  public static void execute(PostgresSettings settings, String sql) {
    try (Connection connection =
            DriverManager.getConnection(settings.url(), settings.user(), settings.password());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PostgresSettings settings(String parameter) {
    String address = url();
    return PostgresSettings.of(
        address + (address.contains("?") ? "&" : "?") + parameter,
        System.getProperty("langfuse4j.test.postgres", "").isEmpty()
            ? Map.of("LANGFUSE4J_METADATA_USER", "postgres")
            : System.getenv());
  }

  private static synchronized String url() {
    if (url == null) {
      String given = System.getProperty("langfuse4j.test.postgres", "");
      url = given.isEmpty() ? start() : given;
    }
    return url;
  }

  private static String start() {
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        platform.equals("Linux amd64"),
        "There is no PostgreSQL for tests on " + platform + ": -Dlangfuse4j.test.postgres=URL");
    try {
      EmbeddedPostgres server = EmbeddedPostgres.builder().start();
      return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
