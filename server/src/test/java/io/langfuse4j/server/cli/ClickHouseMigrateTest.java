package io.langfuse4j.server.cli;

import static io.langfuse4j.server.store.MetadataStoreContract.prompt;
import static io.langfuse4j.server.store.Spans.span;
import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.TraceStore;
import io.langfuse4j.server.store.clickhouse.ClickHouseFront;
import io.langfuse4j.server.store.clickhouse.ClickHouseSettings;
import io.langfuse4j.server.store.clickhouse.ClickHouseTraceStore;
import io.langfuse4j.server.store.postgres.PostgresMetadataStore;
import io.langfuse4j.server.store.postgres.PostgresServer;
import io.langfuse4j.server.store.postgres.PostgresSettings;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ClickHouseMigrateTest {
  private static final long ROOMY = 1L << 28;

  @TempDir private Path folder;
  private final String project = UUID.randomUUID().toString();

  @Test
  void migrate_bringsTracesAndPrompts_andDoesNothingTwice() {
    String clickHouse = ClickHouseFront.url();
    PostgresSettings postgres = PostgresServer.emptySchema();
    String metadataUrl = postgres.url() + "&user=postgres";
    try (TraceStore store = SqliteTraceStore.open(folder, Clock.systemUTC(), ROOMY)) {
      store.write(project, List.of(span("t", "o").name("asked").root())).join();
      store.prompts().addPrompt(project, prompt("x", "production")).join();
    }

    for (int run = 0; run < 2; run++) {
      int status =
          new CommandLine(new MigrateCommand())
              .execute(
                  "--data",
                  folder.toString(),
                  "--clickhouse-url",
                  clickHouse,
                  "--metadata-url",
                  metadataUrl);
      assertThat(status).isZero();
    }

    MetadataStore metadata =
        PostgresMetadataStore.open(postgres, Clock.systemUTC(), ROOMY, () -> {});
    ClickHouseSettings settings = ClickHouseSettings.of(clickHouse, null, Map.of());
    try (TraceStore store =
        ClickHouseTraceStore.open(settings, metadata, Clock.systemUTC(), ROOMY)) {
      assertThat(store.observation(project, "t", "o").observation().name()).isEqualTo("asked");
      assertThat(store.prompts().prompt(project, Prompt.Reference.label("x", "production")))
          .isNotNull();
    }
  }
}
