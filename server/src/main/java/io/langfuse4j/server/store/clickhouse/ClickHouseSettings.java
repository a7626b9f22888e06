package io.langfuse4j.server.store.clickhouse;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where ClickHouse is and who speaks to it.
 *
 * @param url its HTTP interface, such as {@code http://clickhouse:8123}; what stands behind a
 *     question mark is sent with every statement, as ClickHouse's settings
 * @param database made if it does not exist
 * @param cluster whose servers hold the tables, replicated and sharded; null for one server
 */
public record ClickHouseSettings(
    URI url, String database, String user, String password, @Nullable String cluster) {

  /** The password stays out of messages. */
  @Override
  public String toString() {
    return url + " as " + user;
  }

  /**
   * User, password and database are read from {@code LANGFUSE4J_CLICKHOUSE_USER}, {@code
   * …_PASSWORD} and {@code …_DATABASE}; else Langfuse's {@code CLICKHOUSE_USER}, {@code
   * CLICKHOUSE_PASSWORD} and {@code CLICKHOUSE_DB}.
   *
   * @throws IllegalArgumentException in a sentence, if the address is none
   */
  public static ClickHouseSettings of(
      String url, @Nullable String cluster, Map<String, String> variables) {
    URI uri = address(url);
    if (uri.getUserInfo() != null) {
      throw new IllegalArgumentException(
          "--clickhouse-url must not hold a password, which would end up in logs: set"
              + " LANGFUSE4J_CLICKHOUSE_USER and LANGFUSE4J_CLICKHOUSE_PASSWORD.");
    }
    return new ClickHouseSettings(
        uri,
        variable(variables, "DATABASE", "CLICKHOUSE_DB", "langfuse4j"),
        variable(variables, "USER", "CLICKHOUSE_USER", "default"),
        variable(variables, "PASSWORD", "CLICKHOUSE_PASSWORD", ""),
        cluster == null || cluster.isBlank() ? null : cluster.strip());
  }

  private static URI address(String url) {
    IllegalArgumentException refused =
        new IllegalArgumentException(
            "--clickhouse-url must be the address of ClickHouse's HTTP interface, such as"
                + " http://clickhouse:8123.");
    URI uri;
    try {
      uri = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      refused.initCause(e);
      throw refused;
    }
    if (uri.getHost() == null
        || !("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
      throw refused;
    }
    return uri;
  }

  private static String variable(
      Map<String, String> variables, String ours, String theirs, String otherwise) {
    String value = variables.get("LANGFUSE4J_CLICKHOUSE_" + ours);
    return value != null ? value : variables.getOrDefault(theirs, otherwise);
  }
}
