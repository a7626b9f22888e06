package io.langfuse4j.server.store.clickhouse;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Brings the tables to the version that this server knows. Every statement may be repeated, and
 * several servers may start at once.
 */
final class Schema {
  private static final List<String> SCRIPTS =
      List.of("1_observations_and_scores.sql", "2_revised_lately.sql");
  private static final Pattern TABLE =
      Pattern.compile("CREATE TABLE IF NOT EXISTS \\{table (\\w+)}");
  private static final Pattern NAME = Pattern.compile("\\w+");

  /** What rows of a table are spread by over the shards of a cluster. */
  private static final String SHARD = "cityHash64(%s)";

  private Schema() {}

  /**
   * @throws StoreException if the tables are those of a newer server, or cannot be made
   */
  static void migrate(ClickHouse clickHouse) {
    ClickHouseSettings settings = clickHouse.settings();
    name("database", settings.database());
    String cluster = settings.cluster();
    if (cluster != null) {
      name("cluster", cluster);
    }
    String onCluster = onCluster(cluster);
    clickHouse.execute(
        "default", "CREATE DATABASE IF NOT EXISTS `" + settings.database() + "`" + onCluster);
    clickHouse.execute(
        "CREATE TABLE IF NOT EXISTS langfuse4j_schema"
            + onCluster
            + " (number UInt32, script String) ENGINE = "
            + engine(cluster, null)
            + " ORDER BY number");
    Set<Long> applied =
        Set.copyOf(
            clickHouse.query(
                "SELECT DISTINCT number FROM langfuse4j_schema", row -> row.number("number")));
    if (applied.stream().anyMatch(number -> number > newest())) {
      throw new StoreException(
          "The tables in ClickHouse's database "
              + settings.database()
              + " were made by a newer version of this server (schema "
              + applied.stream().mapToLong(Long::longValue).max().orElse(0)
              + ", known is "
              + newest()
              + ").");
    }
    for (String script : SCRIPTS) {
      if (!applied.contains(number(script))) {
        statements(read(script), cluster, settings.database()).forEach(clickHouse::execute);
        clickHouse.execute(
            "INSERT INTO langfuse4j_schema VALUES ("
                + number(script)
                + ", "
                + Literal.of(script)
                + ")");
      }
    }
  }

  static long newest() {
    return number(SCRIPTS.get(SCRIPTS.size() - 1));
  }

  /** The table that rows are deleted from: on a cluster the one that each server holds. */
  static String stored(ClickHouseSettings settings, String table) {
    String cluster = settings.cluster();
    return cluster == null ? table : table + "_stored" + onCluster(cluster);
  }

  /** A script's statements for one server, or for a cluster, where each table has two halves. */
  static List<String> statements(String script, @Nullable String cluster, String database) {
    List<String> statements = new ArrayList<>();
    for (String piece : script.replaceAll("(?m)^ *--.*$", "").split(";\\s*(\\n|$)")) {
      if (piece.isBlank()) {
        continue;
      }
      Matcher table = TABLE.matcher(piece);
      String created = table.find() ? table.group(1) : null;
      statements.add(
          piece
              .strip()
              .replaceAll("\\{table (\\w+)}", cluster == null ? "$1" : "$1_stored")
              .replaceAll(
                  "\\{engine (\\w+)}", Matcher.quoteReplacement(engine(cluster, "revision")))
              .replace(" {on cluster}", onCluster(cluster)));
      if (cluster != null && created != null) {
        String key = "scores".equals(created) ? "id" : "trace_id";
        statements.add(
            "CREATE TABLE IF NOT EXISTS %1$s%2$s AS %1$s_stored ENGINE = Distributed(%3$s, %4$s, %1$s_stored, %5$s)"
                .formatted(created, onCluster(cluster), cluster, database, SHARD.formatted(key)));
      }
    }
    return statements;
  }

  static String read(String script) {
    try (InputStream stream = Schema.class.getResourceAsStream("migrations/" + script)) {
      if (stream == null) {
        throw new IllegalStateException("No such script: " + script);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("The script " + script + " cannot be read", e);
    }
  }

  private static String engine(@Nullable String cluster, @Nullable String revision) {
    String argument = revision == null ? "" : revision;
    return cluster == null
        ? "ReplacingMergeTree(" + argument + ")"
        : "ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}'"
            + (revision == null ? "" : ", " + argument)
            + ")";
  }

  private static String onCluster(@Nullable String cluster) {
    return cluster == null ? "" : " ON CLUSTER " + cluster;
  }

  private static long number(String script) {
    return Long.parseLong(script.substring(0, script.indexOf('_')));
  }

  private static void name(String what, String value) {
    if (!NAME.matcher(value).matches()) {
      throw new StoreException(
          "The name of ClickHouse's "
              + what
              + " may have letters, digits and underscores only, not "
              + value
              + ".");
    }
  }
}
