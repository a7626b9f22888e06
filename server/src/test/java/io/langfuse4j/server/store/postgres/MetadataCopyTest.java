package io.langfuse4j.server.store.postgres;

import static io.langfuse4j.server.store.MetadataStoreContract.model;
import static io.langfuse4j.server.store.MetadataStoreContract.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.store.DatasetItemQuery;
import io.langfuse4j.server.store.MetadataStore;
import io.langfuse4j.server.store.ProjectStore.StoredProject;
import io.langfuse4j.server.store.PromptQuery;
import io.langfuse4j.server.store.StoreException;
import io.langfuse4j.server.store.sqlite.SqliteTraceStore;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetadataCopyTest {
  private static final long ROOMY = 1L << 28;
  private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789Z");

  @TempDir private Path folder;

  private static void fill(MetadataStore store) {
    store.projects().putProject(new StoredProject("made", "Made", "{}", TIME, TIME)).join();
    store.projects().addApiKey(new ApiKey("k", "made", "pk", "hash", "sk-", null, TIME)).join();
    store.addModel("p", model("m", "gpt-4o", "3")).join();
    store
        .writeScoreConfig(
            "p",
            new ScoreConfig(
                "c", "stars", Score.DataType.NUMERIC, true, null, 1.0, 5.5, null, TIME, TIME))
        .join();
    store.prompts().addPrompt("p", prompt("part")).join();
    store
        .prompts()
        .addPrompt(
            "p",
            new Prompt.Draft(
                "w",
                "whole",
                Prompt.Type.CHAT,
                "[\"" + "ü".repeat(1_000) + "\"]",
                "{}",
                List.of("production"),
                List.of("tag"),
                null,
                List.of(Prompt.Reference.label("part", "latest"))))
        .join();
    store.datasets().putDataset("p", new Dataset.Draft("d", "set", "why", null, "{}", null)).join();
    for (int i = 0; i < 1_100; i++) {
      var unused =
          store
              .datasets()
              .putItem(
                  "p", new DatasetItem.Draft("i" + i, "set", null, "t", null, "1", null, "{}"));
    }
    store.datasets().deleteItem("p", "i1").join();
    store
        .datasets()
        .addRunItem("p", new DatasetRun.Draft("r", "run", null, "{}", "i0", null, "t", "o", TIME))
        .join();
    Media media = new Media("file", "00", "image/png", 5, null);
    store.media().announce("p", media, new Media.Use("input", "t", null, null)).join();
    store.media().uploaded("p", "file").join();
    store
        .annotations()
        .addComment("p", new Comment("n", Comment.ObjectType.TRACE, "t", "text", null, TIME, TIME))
        .join();
    store
        .annotations()
        .addQueue("p", new AnnotationQueue("q", "queue", null, List.of("c"), TIME, TIME))
        .join();
    store
        .annotations()
        .putItem(
            "p",
            new AnnotationQueue.Item(
                "qi",
                "q",
                "t",
                AnnotationQueue.ObjectType.TRACE,
                AnnotationQueue.Status.PENDING,
                null,
                TIME,
                TIME))
        .join();
  }

  /** One of everything, as read back. */
  private static List<Object> everything(MetadataStore store) {
    DatasetItemQuery items = new DatasetItemQuery("p", "d", null, null, null, null, 2_000, 0);
    DatasetRun run = store.datasets().run("p", "d", "run");
    List<Object> read = new ArrayList<>();
    read.add(store.projects().projects());
    read.add(store.projects().apiKeys());
    read.add(store.model("p", "m"));
    read.add(store.scoreConfig("p", "c"));
    read.add(
        store.prompts().prompts(new PromptQuery("p", null, null, null, null, null, null, 9, 0)));
    read.add(store.prompts().prompt("p", Prompt.Reference.version("whole", 1)));
    read.add(store.datasets().dataset("p", "set"));
    read.add(store.datasets().items(items));
    read.add(run);
    read.add(store.datasets().runItems("p", run, 10, 0));
    read.add(store.media().media("p", "file"));
    read.add(store.annotations().comment("p", "n"));
    read.add(store.annotations().queues("p", 10, 0));
    read.add(store.annotations().items("p", "q", null, 10, 0));
    return read;
  }

  @Test
  void copy_isTheSameToReaders_andGoesOn() {
    PostgresSettings settings = PostgresServer.emptySchema();
    try (SqliteTraceStore from = SqliteTraceStore.open(folder, Clock.systemUTC(), ROOMY)) {
      fill(from);

      assertThat(MetadataCopy.copy(from.metadataTables(), settings)).isGreaterThan(1_100);

      try (MetadataStore to =
          PostgresMetadataStore.open(settings, Clock.systemUTC(), ROOMY, () -> {})) {
        assertThat(everything(to)).isEqualTo(everything(from)).doesNotContainNull();
        // What is added afterwards takes keys that nobody has.
        IntStream.range(0, 3).forEach(i -> to.prompts().addPrompt("p", prompt("part")).join());
        assertThat(to.prompts().prompt("p", Prompt.Reference.version("part", 4))).isNotNull();
        assertThatThrownBy(() -> to.prompts().deletePrompts("p", "part", null, null).join())
            .hasMessageContaining("whole v1 depends on part latest");
      }
      assertThatThrownBy(() -> MetadataCopy.copy(from.metadataTables(), settings))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already");
    }
  }
}
