package io.langfuse4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.store.postgres.PostgresSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

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

  @Test
  void keepingNothing_isRefused_ratherThanDeletingEverything(@TempDir Path folder) {
    for (Duration none : List.of(Duration.ZERO, Duration.ofDays(-5))) {
      assertThatThrownBy(() -> LangfuseServer.builder(folder).port(0).keep(none).start())
          .isInstanceOf(StartException.class)
          .hasMessageContaining("--keep-days must be at least 1");
    }
    assertThatThrownBy(() -> LangfuseServer.builder(folder).port(0).keepBytes(-1 << 20).start())
        .isInstanceOf(StartException.class)
        .hasMessageContaining("--keep-megabytes must be at least 1");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void format_ofAnExport_isWrittenAsDocumented() {
    CommandLine line = Main.commandLine(ConfigFile.of(new String[0], Map.of()));

    line.parseArgs("export", "--to", "file", "--format", "otlp");

    assertThat(
            line.getSubcommands()
                .get("export")
                .getCommandSpec()
                .findOption("--format")
                .getValue()
                .toString())
        .isEqualTo("OTLP");
  }

  private static void assertRefused(String store, String url, String message) {
    assertThatThrownBy(() -> Main.clickHouse(store, url, null, Map.of()))
        .isInstanceOf(StartException.class)
        .hasMessageContaining(message);
  }
}
