package io.langfuse4j.server.store.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.StoreException;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What needs no engine. */
class ClickHouseSettingsTest {
  @Test
  void of_ownVariablesComeBeforeLangfuses() {
    Map<String, String> variables =
        Map.of(
            "CLICKHOUSE_USER", "theirs",
            "CLICKHOUSE_PASSWORD", "secret",
            "LANGFUSE4J_CLICKHOUSE_USER", "ours");

    ClickHouseSettings settings = ClickHouseSettings.of("http://clickhouse:8123", " ", variables);

    assertThat(settings.user()).isEqualTo("ours");
    assertThat(settings.password()).isEqualTo("secret");
    assertThat(settings.database()).isEqualTo("langfuse4j");
    assertThat(settings.cluster()).isNull();
    assertThat(settings.toString()).doesNotContain("secret");
  }

  @Test
  void of_noHttpAddressOrAPasswordInIt_isRefused() {
    for (String url : List.of("clickhouse:9000", "tcp://clickhouse:9000", "http:///x")) {
      assertThatThrownBy(() -> ClickHouseSettings.of(url, null, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("--clickhouse-url");
    }
    assertThatThrownBy(() -> ClickHouseSettings.of("http://me:secret@host:8123", null, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void migrate_nobodyAnswers_isSaidInOneSentence() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    ClickHouse nobody =
        new ClickHouse(ClickHouseSettings.of("http://127.0.0.1:" + port, null, Map.of()));

    assertThatThrownBy(() -> Schema.migrate(nobody))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:" + port + " does not answer")
        .hasMessageContaining("--clickhouse-url");
  }

  @Test
  void migrate_namesThatAreSql_areRefused() {
    ClickHouse clickHouse =
        new ClickHouse(
            ClickHouseSettings.of(
                "http://127.0.0.1:1",
                null,
                Map.of("LANGFUSE4J_CLICKHOUSE_DATABASE", "x`; DROP DATABASE y")));

    assertThatThrownBy(() -> Schema.migrate(clickHouse))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("letters, digits and underscores only");
  }

  @Test
  void statements_onACluster_makeReplicatedTablesAndOnesOverAllShards() {
    List<String> statements =
        Schema.statements(Schema.read("1_observations_and_scores.sql"), "main", "langfuse4j");

    assertThat(statements).hasSize(4);
    assertThat(statements.get(0))
        .startsWith("CREATE TABLE IF NOT EXISTS observations_stored ON CLUSTER main (")
        .contains(
            "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{uuid}/{shard}',"
                + " '{replica}', revision)");
    assertThat(statements.get(1))
        .isEqualTo(
            "CREATE TABLE IF NOT EXISTS observations ON CLUSTER main AS observations_stored ENGINE"
                + " = Distributed(main, langfuse4j, observations_stored, cityHash64(trace_id))");
    assertThat(statements.get(3)).contains("scores_stored, cityHash64(id))");
    assertThat(Schema.statements(Schema.read("2_revised_lately.sql"), "main", "langfuse4j").get(0))
        .startsWith("ALTER TABLE observations_stored ON CLUSTER main\n");
    assertThat(Schema.stored(ClickHouseSettings.of("http://h:1", "main", Map.of()), "observations"))
        .isEqualTo("observations_stored ON CLUSTER main");
  }

  @Test
  void literal_keepsEveryCharacterInsideTheQuotes() {
    assertThat(Literal.of("it's \\ \0 ☃")).isEqualTo("'it\\'s \\\\ \\0 ☃'");
    assertThat(Literal.of(true)).isEqualTo("1");
    assertThat(Literal.of(Double.NaN)).isEqualTo("NULL");
    assertThat(Literal.list(List.of())).isEqualTo("(NULL)");
  }
}
