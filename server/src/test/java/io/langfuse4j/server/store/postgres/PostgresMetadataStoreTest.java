package io.langfuse4j.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.model.Observation;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.pricing.TokenBudget;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.MetadataStoreContract;
import io.langfuse4j.server.store.PromptQuery;
import io.langfuse4j.server.store.RefusedException;
import io.langfuse4j.server.store.Spans;
import io.langfuse4j.server.store.StoreBusyException;
import io.langfuse4j.server.store.StoreException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresMetadataStoreTest extends MetadataStoreContract {
  private static final long ROOMY = 1L << 28;

  private PostgresSettings settings;
  private final List<MetadataStore> opened = new ArrayList<>();

  /** Before anything else, so that a machine without PostgreSQL skips rather than fails. */
  @BeforeAll
  static void server() {
    PostgresServer.emptySchema();
  }

  @Override
  protected MetadataStore openEmpty() {
    settings = PostgresServer.emptySchema();
    return open(settings);
  }

  private static MetadataStore open(PostgresSettings settings) {
    return PostgresMetadataStore.open(settings, Clock.systemUTC(), ROOMY, () -> {});
  }

  /** A second server on the same database. */
  private MetadataStore another() {
    MetadataStore another = open(settings);
    opened.add(another);
    return another;
  }

  @AfterEach
  void closeOthers() {
    opened.forEach(MetadataStore::close);
  }

  private static List<Integer> upTo(int last) {
    return IntStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void promptsFromTwoServers_areVersionsWithoutGapOrDouble_andLabelsAreOnOne() {
    MetadataStore other = another();
    List<CompletableFuture<Prompt>> adding = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      adding.add(store.prompts().addPrompt(PROJECT, prompt("x", "production")));
      adding.add(other.prompts().addPrompt(PROJECT, prompt("x", "production")));
    }

    assertThat(adding)
        .extracting(added -> added.join().version())
        .containsExactlyInAnyOrderElementsOf(upTo(100));
    for (MetadataStore each : List.of(store, other)) {
      for (int version : upTo(99)) {
        assertThat(each.prompts().prompt(PROJECT, Prompt.Reference.version("x", version)).labels())
            .isEmpty();
      }
      assertThat(
              each.prompts().prompt(PROJECT, Prompt.Reference.label("x", "production")).version())
          .isEqualTo(100);
    }
  }

  @Test
  void projectsOfTwoServers_areMadeOnce() {
    MetadataStore other = another();
    List<CompletableFuture<Prompt>> adding = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      adding.add(store.prompts().addPrompt("project" + i, prompt("x")));
      adding.add(other.prompts().addPrompt("project" + i, prompt("x")));
    }

    adding.forEach(CompletableFuture::join);
    for (int i = 0; i < 20; i++) {
      assertThat(store.prompts().prompts(versions("project" + i)).get(0).versions())
          .containsExactly(1, 2);
    }
  }

  private static PromptQuery versions(String project) {
    return new PromptQuery(project, "x", null, null, null, null, null, 1, 0);
  }

  @Test
  void itemsAndRunsFromTwoServers_haveOnePresentVersionAndAreOneRun() {
    MetadataStore other = another();
    Dataset.Draft set = new Dataset.Draft("d", "set", null, null, null, null);
    store.datasets().putDataset(PROJECT, set).join();
    List<CompletableFuture<DatasetItem>> items = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      MetadataStore server = i % 2 == 0 ? store : other;
      String input = Integer.toString(i);
      items.add(
          server
              .datasets()
              .putItem(
                  PROJECT, new DatasetItem.Draft("i", "set", null, null, null, input, null, null)));
    }
    assertThat(items)
        .extracting(item -> item.join().updatedAt())
        .doesNotHaveDuplicates()
        .contains(store.datasets().item(PROJECT, "i", null).updatedAt());
    assertThat(other.datasets().item(PROJECT, "i", null))
        .isEqualTo(store.datasets().item(PROJECT, "i", null));

    List<CompletableFuture<DatasetRun.Item>> runItems = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      MetadataStore server = i % 2 == 0 ? store : other;
      String metadata = "{\"k" + i + "\":" + i + "}";
      runItems.add(
          server
              .datasets()
              .addRunItem(
                  PROJECT,
                  new DatasetRun.Draft(
                      "r" + i, "run", null, metadata, "i", null, "t", null, Instant.EPOCH)));
    }
    assertThat(runItems).extracting(item -> item.join().runId()).containsOnly(runId(other));
    assertThat(store.datasets().countRuns(PROJECT, "d")).isOne();
    DatasetRun run = store.datasets().run(PROJECT, "d", "run");
    assertThat(store.datasets().countRunItems(PROJECT, run)).isEqualTo(40);
    assertThat(run.metadata().split(",")).hasSize(40);
  }

  private static String runId(MetadataStore store) {
    return store.datasets().run(PROJECT, "d", "run").id();
  }

  @Test
  void modelAddedByAnotherServer_pricesSoon() {
    MetadataStore other = another();
    assertThat(price(store)).isNotEqualTo("m");

    other.addModel(PROJECT, model("m", "gpt-4o", "3")).join();

    await().atMost(Duration.ofSeconds(20)).until(() -> "m".equals(price(store)));
    assertThat(store.model(PROJECT, "m").price("input")).isEqualByComparingTo(new BigDecimal("3"));
  }

  private static String price(MetadataStore store) {
    Observation observation = Spans.span("t", "o").calls("gpt-4o", 1, 1).root().observation();
    return store
        .pricer()
        .price(PROJECT, observation, new TokenBudget(Duration.ofSeconds(1)))
        .modelId();
  }

  @Test
  void lookForForeignChanges_tellsBeforeItReturns_andOnlyOfChanges() {
    MetadataStore other = another();
    store.lookForForeignChanges();
    AtomicInteger told = new AtomicInteger();
    store.onForeignChange(told::incrementAndGet);
    store.lookForForeignChanges();
    assertThat(told).hasValue(0);

    other.addModel(PROJECT, model("m", "mine", "3")).join();
    store.lookForForeignChanges();

    assertThat(told).hasValue(1);
  }

  @Test
  void serversStartedAtOnce_makeTheTablesOnce() {
    PostgresSettings empty = PostgresServer.emptySchema();
    List<CompletableFuture<MetadataStore>> starting =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> open(empty), work -> new Thread(work).start()))
            .toList();

    starting.forEach(start -> opened.add(start.join()));
    opened.get(0).prompts().addPrompt(PROJECT, prompt("x")).join();
    assertThat(opened.get(3).prompts().countPrompts(versions(PROJECT))).isOne();
  }

  @Test
  void connectionsThatAreLost_areOpenedAgain() {
    store.prompts().addPrompt(PROJECT, prompt("x")).join();
    PostgresServer.execute(
        settings,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            + " WHERE application_name = 'langfuse4j'");

    assertThat(store.prompts().countPrompts(versions(PROJECT))).isOne();
    assertThat(store.prompts().addPrompt(PROJECT, prompt("x")).join().version()).isEqualTo(2);
  }

  @Test
  void textThatPostgresCannotHold_isRefusedRatherThanFailed() {
    assertThatThrownBy(() -> store.prompts().addPrompt(PROJECT, prompt("nul \0")).join())
        .hasCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("U+0000");
    assertThatThrownBy(() -> store.datasets().dataset(PROJECT, "\0"))
        .isInstanceOf(RefusedException.class);
    String unrelated =
        IntStream.range(0, 3_000).mapToObj(i -> Integer.toString(i * i)).reduce("", String::concat);
    assertThatThrownBy(() -> store.prompts().addPrompt(PROJECT, prompt(unrelated)).join())
        .hasCauseInstanceOf(RefusedException.class)
        .hasMessageContaining("too long");
  }

  @Test
  void moreThanMayWait_isRefusedAsBusy() {
    MetadataStore narrow = PostgresMetadataStore.open(settings, Clock.systemUTC(), 1_500, () -> {});
    opened.add(narrow);
    List<CompletableFuture<Prompt>> adding = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      adding.add(narrow.prompts().addPrompt(PROJECT, prompt("x")));
    }

    long refused =
        adding.stream()
            .filter(added -> added.handle((prompt, e) -> e instanceof StoreBusyException).join())
            .count();
    assertThat(refused).isBetween(1L, 49L);
    assertThat(store.prompts().prompts(versions(PROJECT)).get(0).versions())
        .isEqualTo(upTo(50 - (int) refused));
  }

  @Test
  void closed_writesFailAndAfterCloseIsRun() {
    AtomicInteger closed = new AtomicInteger();
    MetadataStore closing =
        PostgresMetadataStore.open(settings, Clock.systemUTC(), ROOMY, closed::incrementAndGet);
    closing.close();

    assertThat(closed).hasValue(1);
    assertThatThrownBy(() -> closing.prompts().addPrompt(PROJECT, prompt("x")).join())
        .hasCauseInstanceOf(StoreException.class);
  }

  @Test
  void open_tablesOfANewerServer_isRefused() {
    PostgresServer.execute(settings, "INSERT INTO changelog VALUES (1000, 'now', 'later')");

    assertThatThrownBy(() -> open(settings))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("newer version (schema 1000");
  }

  @Test
  void open_nobodyThere_isSaidWithTheSettingsToChange() {
    PostgresSettings nowhere = PostgresSettings.of("jdbc:postgresql://127.0.0.1:1/x", Map.of());

    assertThatThrownBy(() -> open(nowhere))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1:1/x")
        .hasMessageContaining("LANGFUSE4J_METADATA_USER");
  }

  @Test
  void settings_thatAreNone_areRefused() {
    assertThatThrownBy(() -> PostgresSettings.of("postgres://h/d", Map.of()))
        .hasMessageContaining("jdbc:postgresql://postgres/langfuse4j");
    for (String secret :
        List.of("jdbc:postgresql://h/d?user=u&password=x", "jdbc:postgresql://u:x@h/d")) {
      assertThatThrownBy(() -> PostgresSettings.of(secret, Map.of()))
          .hasMessageContaining("LANGFUSE4J_METADATA_PASSWORD");
    }
    PostgresSettings known =
        PostgresSettings.of(
            "jdbc:postgresql://h/d",
            Map.of("LANGFUSE4J_METADATA_USER", "u", "LANGFUSE4J_METADATA_PASSWORD", "secret"));
    assertThat(known).hasToString("jdbc:postgresql://h/d as u");
    assertThat(known.password()).isEqualTo("secret");
  }
}
