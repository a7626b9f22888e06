package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MainTest {
  private static final String URL = "http://clickhouse:8123";

  @Test
  void store_isEmbeddedUnlessClickHouseIsNamed() {
    assertThat(Main.clickHouse("embedded", null, null, Map.of())).isNull();
    assertThat(Main.clickHouse("clickhouse", URL, "main", Map.of()))
        .satisfies(
            settings -> {
              assertThat(settings.url()).hasToString(URL);
              assertThat(settings.cluster()).isEqualTo("main");
              assertThat(settings.user()).isEqualTo("default");
            });
  }

  @Test
  void store_mistakes_areSaidWithTheOptionToChange() {
    assertRefused("clickhouse", null, "needs --clickhouse-url");
    assertRefused("embedded", URL, "need --store clickhouse");
    assertRefused("postgres", null, "--store must be embedded or clickhouse, not postgres");
    assertRefused("clickhouse", "clickhouse:9000", "--clickhouse-url must be the address");
    assertRefused("clickhouse", "http://a b", "--clickhouse-url");
  }

  @Test
  void metadata_isInTheFolderUnlessPostgresIsNamed() {
    assertThat(Main.metadata(null, Map.of())).isNull();
    assertThat(Main.metadata(" ", Map.of())).isNull();
    assertThat(
            Main.metadata(
                "jdbc:postgresql://h/d",
                Map.of("LANGFUSE4J_METADATA_USER", "u", "LANGFUSE4J_METADATA_PASSWORD", "p")))
        .isEqualTo(new PostgresSettings("jdbc:postgresql://h/d", "u", "p"));
    assertThatThrownBy(() -> Main.metadata("jdbc:mysql://h/d", Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--metadata-url must be the address of a PostgreSQL database");
  }

  private static void assertRefused(String store, String url, String message) {
    assertThatThrownBy(() -> Main.clickHouse(store, url, null, Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(message);
  }
}
