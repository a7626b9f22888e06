package io.langfuse4j.server.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.langfuse4j.server.model.AnnotationQueue;
import io.langfuse4j.server.model.ApiKey;
import io.langfuse4j.server.model.Comment;
import io.langfuse4j.server.model.Dataset;
import io.langfuse4j.server.model.DatasetItem;
import io.langfuse4j.server.model.DatasetItem.Status;
import io.langfuse4j.server.model.DatasetRun;
import io.langfuse4j.server.model.Media;
import io.langfuse4j.server.model.Prompt;
import io.langfuse4j.server.model.Score;
import io.langfuse4j.server.model.ScoreConfig;
import io.langfuse4j.server.pricing.Model;
import io.langfuse4j.server.pricing.Model.Tier;
import io.langfuse4j.server.store.ProjectStore.StoredProject;
import io.langfuse4j.server.store.RefusedException.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What every {@link MetadataStore} promises; one subclass per implementation. */
public abstract class MetadataStoreContract {
  protected static final String PROJECT = "p";
  private static final String OTHER = "other";
  private static final Instant TIME = Instant.parse("2026-02-03T04:05:06.789Z");

  protected MetadataStore store;

  protected abstract MetadataStore openEmpty();

  @BeforeEach
  void open() {
    store = openEmpty();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private static void assertRefused(Reason reason, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasRootCauseInstanceOf(RefusedException.class)
        .rootCause()
        .hasMessageContaining(message)
        .satisfies(refused -> assertThat(((RefusedException) refused).reason()).isEqualTo(reason));
  }

  /** A text prompt without anything that can be left out. */
  public static Prompt.Draft prompt(String name, String... labels) {
    return new Prompt.Draft(
        name + "-" + System.nanoTime(),
        name,
        Prompt.Type.TEXT,
        "\"Hello\"",
        "{}",
        List.of(labels),
        null,
        null,
        List.of());
  }

  public static Model model(String id, String name, String inputPrice) {
    return new Model(
        id,
        TIME,
        name,
        "^" + name + "$",
        null,
        "TOKENS",
        null,
        null,
        false,
        List.of(
            new Tier(
                id + "-t",
                "Standard",
                true,
                0,
                List.of(),
                Map.of("input", new BigDecimal(inputPrice)))));
  }

  @Nested
  class Prompts {
    private PromptStore prompts() {
      return store.prompts();
    }

    private PromptQuery all(int limit, long offset) {
      return new PromptQuery(PROJECT, null, null, null, null, null, null, limit, offset);
    }

    @Test
    void add_withEveryField_readsBackEqual() {
      Prompt.Draft draft =
          new Prompt.Draft(
              "id",
              "folder/greeting ü",
              Prompt.Type.CHAT,
              "[{\"role\":\"system\",\"content\":\"" + "Be brief. ".repeat(1_000) + "\"}]",
              "{\"temperature\":0.5}",
              List.of("production"),
              List.of("b", "a"),
              "first",
              List.of());

      Prompt added = prompts().addPrompt(PROJECT, draft).join();

      assertThat(added)
          .usingRecursiveComparison()
          .ignoringFields("createdAt", "updatedAt")
          .isEqualTo(
              new Prompt(
                  "id",
                  "folder/greeting ü",
                  1,
                  Prompt.Type.CHAT,
                  draft.content(),
                  draft.config(),
                  List.of("production", "latest"),
                  List.of("b", "a"),
                  "first",
                  "API",
                  TIME,
                  TIME));
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.version(draft.name(), 1)))
          .isEqualTo(added);
      assertThat(prompts().hasId(PROJECT, "id")).isTrue();
      assertThat(prompts().hasId(OTHER, "id")).isFalse();
      assertThat(prompts().prompt(OTHER, Prompt.Reference.version(draft.name(), 1))).isNull();
    }

    @Test
    void add_again_takesItsLabelsFromTheOlderVersion() {
      prompts().addPrompt(PROJECT, prompt("x", "production", "old")).join();
      Prompt second = prompts().addPrompt(PROJECT, prompt("x", "production")).join();

      assertThat(second.version()).isEqualTo(2);
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.version("x", 1)).labels())
          .containsExactly("old");
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.label("x", "production")))
          .isEqualTo(second);
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.label("x", "prod"))).isNull();
    }

    @Test
    void add_ofAnotherType_isRefusedAndLeavesNothing() {
      prompts().addPrompt(PROJECT, prompt("x")).join();
      Prompt.Draft chat =
          new Prompt.Draft(
              "c", "x", Prompt.Type.CHAT, "[]", "{}", List.of(), null, null, List.of());

      assertRefused(
          Reason.INVALID, "different prompt type", () -> prompts().addPrompt(PROJECT, chat).join());
      assertThat(prompts().hasId(PROJECT, "c")).isFalse();
    }

    @Test
    void label_movesBetweenVersions() {
      prompts().addPrompt(PROJECT, prompt("x", "production")).join();
      prompts().addPrompt(PROJECT, prompt("x")).join();

      Prompt labelled = prompts().labelPrompt(PROJECT, "x", 2, List.of("production")).join();

      assertThat(labelled.labels()).containsExactly("production", "latest");
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.version("x", 1)).labels()).isEmpty();
      assertRefused(
          Reason.NOT_FOUND,
          "version 3 not found",
          () -> prompts().labelPrompt(PROJECT, "x", 3, List.of("a")).join());
    }

    @Test
    void delete_whatAnotherIsComposedOf_isRefused() {
      prompts().addPrompt(PROJECT, prompt("part")).join();
      prompts()
          .addPrompt(
              PROJECT,
              new Prompt.Draft(
                  "w",
                  "whole",
                  Prompt.Type.TEXT,
                  "\"\"",
                  "{}",
                  List.of(),
                  null,
                  null,
                  List.of(Prompt.Reference.version("part", 1))))
          .join();

      assertRefused(
          Reason.INVALID,
          "whole v1 depends on part v1",
          () -> prompts().deletePrompts(PROJECT, "part", null, null).join());
      assertThat(prompts().deletePrompts(PROJECT, "whole", null, null).join()).isOne();
      assertThat(prompts().deletePrompts(PROJECT, "part", 1, null).join()).isOne();
      assertThat(prompts().countPrompts(all(1, 0))).isZero();
    }

    @Test
    void delete_newestVersion_makesTheOneBeforeLatest() {
      prompts().addPrompt(PROJECT, prompt("x", "a")).join();
      prompts().addPrompt(PROJECT, prompt("x")).join();

      assertThat(prompts().deletePrompts(PROJECT, "x", null, "latest").join()).isOne();
      assertThat(prompts().prompt(PROJECT, Prompt.Reference.label("x", "latest")).version())
          .isOne();
    }

    @Test
    void list_isByNameAsBytes_filteredByLabelAndTag() {
      for (String name : List.of("b", "a", "B", "ä")) {
        prompts().addPrompt(PROJECT, prompt(name, "l-" + name)).join();
      }
      prompts().addPrompt(PROJECT, prompt("a")).join();
      prompts().addPrompt(OTHER, prompt("theirs")).join();

      assertThat(prompts().prompts(all(10, 0)))
          .extracting(PromptSummary::name)
          .containsExactly("B", "a", "b", "ä");
      assertThat(prompts().prompts(all(2, 1)))
          .extracting(PromptSummary::name)
          .containsExactly("a", "b");
      assertThat(prompts().prompts(all(1, 1)).get(0).versions()).containsExactly(1, 2);
      assertThat(prompts().prompts(all(1, 1)).get(0).labels()).containsExactly("l-a", "latest");
      assertThat(prompts().countPrompts(all(1, 0))).isEqualTo(4);
      assertThat(
              prompts()
                  .prompts(new PromptQuery(PROJECT, null, null, "l-b", null, null, null, 10, 0)))
          .extracting(PromptSummary::name)
          .containsExactly("b");
      assertThat(
              prompts()
                  .countPrompts(
                      new PromptQuery(PROJECT, null, null, null, "nope", null, null, 10, 0)))
          .isZero();
    }

    @Test
    void manyAtOnce_areVersionsWithoutGaps() {
      List<CompletableFuture<Prompt>> adding = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        adding.add(prompts().addPrompt(PROJECT, prompt("x")));
      }

      assertThat(adding)
          .extracting(added -> added.join().version())
          .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 30).boxed().toList());
    }
  }

  @Nested
  class Datasets {
    private DatasetStore datasets() {
      return store.datasets();
    }

    private Dataset put(String name) {
      return datasets()
          .putDataset(PROJECT, new Dataset.Draft("id-" + name, name, null, null, null, null))
          .join();
    }

    private DatasetItem.Draft item(String id, String dataset, String input) {
      return new DatasetItem.Draft(id, dataset, null, "trace", null, input, null, "{\"a\":1}");
    }

    private DatasetRun.Draft ran(String item, String run, String metadata) {
      return new DatasetRun.Draft(
          "r-" + System.nanoTime(), run, "why", metadata, item, null, "trace", "obs", TIME);
    }

    private DatasetItemQuery of(Dataset dataset, Instant version) {
      return new DatasetItemQuery(PROJECT, dataset.id(), null, null, null, version, 10, 0);
    }

    @Test
    void dataset_saidAgain_keepsWhatIsLeftOut() {
      Dataset first =
          datasets()
              .putDataset(
                  PROJECT, new Dataset.Draft("d", "set", "what for", "{\"a\":1}", "{}", null))
              .join();
      Dataset again =
          datasets()
              .putDataset(PROJECT, new Dataset.Draft("e", "set", null, null, null, "{\"b\":2}"))
              .join();

      assertThat(again)
          .isEqualTo(
              new Dataset(
                  "d",
                  "set",
                  "what for",
                  "{\"a\":1}",
                  "{}",
                  "{\"b\":2}",
                  first.createdAt(),
                  again.updatedAt()));
      assertThat(datasets().dataset(PROJECT, "set")).isEqualTo(again);
      assertThat(datasets().datasets(PROJECT, 10, 0)).containsExactly(again);
      assertThat(datasets().countDatasets(PROJECT)).isOne();
      assertThat(datasets().dataset(OTHER, "set")).isNull();
    }

    @Test
    void item_hasVersions_thatStayReadable() {
      Dataset dataset = put("set");
      DatasetItem first = datasets().putItem(PROJECT, item("i", "set", "\"one\"")).join();
      DatasetItem second =
          datasets()
              .putItem(
                  PROJECT,
                  new DatasetItem.Draft(
                      "i", "set", Status.ARCHIVED, null, null, "\"two\"", "\"out\"", null))
              .join();

      assertThat(second)
          .isEqualTo(
              new DatasetItem(
                  "i",
                  dataset.id(),
                  "set",
                  Status.ARCHIVED,
                  "trace",
                  null,
                  "\"two\"",
                  "\"out\"",
                  "{\"a\":1}",
                  first.createdAt(),
                  second.updatedAt()));
      assertThat(second.updatedAt()).isAfter(first.updatedAt());
      assertThat(datasets().item(PROJECT, "i", null)).isEqualTo(second);
      assertThat(datasets().item(PROJECT, "i", first.updatedAt())).isEqualTo(first);
      assertThat(datasets().items(of(dataset, null))).containsExactly(second);
      assertThat(datasets().items(of(dataset, first.updatedAt()))).containsExactly(first);

      assertThat(datasets().deleteItem(PROJECT, "i").join()).isTrue();
      assertThat(datasets().deleteItem(PROJECT, "i").join()).isFalse();
      assertThat(datasets().item(PROJECT, "i", null)).isNull();
      assertThat(datasets().item(PROJECT, "i", second.updatedAt())).isEqualTo(second);
      assertThat(datasets().countItems(of(dataset, null))).isZero();
    }

    @Test
    void item_ofNoOrAnotherDataset_isRefused() {
      put("set");
      put("second");
      datasets().putItem(PROJECT, item("i", "set", null)).join();

      assertRefused(
          Reason.NOT_FOUND,
          "Dataset not found",
          () -> datasets().putItem(PROJECT, item("j", "nope", null)).join());
      assertRefused(
          Reason.NOT_FOUND,
          "other than second",
          () -> datasets().putItem(PROJECT, item("i", "second", null)).join());
      assertThat(datasets().item(PROJECT, "j", null)).isNull();
    }

    @Test
    void items_areFiltered() {
      Dataset dataset = put("set");
      DatasetItem item = datasets().putItem(PROJECT, item("i", "set", null)).join();
      datasets()
          .putItem(
              PROJECT,
              new DatasetItem.Draft("j", "set", Status.ARCHIVED, "t", "o", null, null, null))
          .join();

      assertThat(
              datasets()
                  .items(
                      new DatasetItemQuery(
                          PROJECT, dataset.id(), "trace", null, Status.ACTIVE, null, 10, 0)))
          .containsExactly(item);
      assertThat(
              datasets()
                  .countItems(new DatasetItemQuery(PROJECT, null, null, "o", null, null, 10, 0)))
          .isOne();
      assertThat(
              datasets()
                  .items(new DatasetItemQuery(OTHER, dataset.id(), null, null, null, null, 10, 0)))
          .isEmpty();
    }

    @Test
    void run_isMadeWithItsFirstItem_andMergesWhatIsSaid() {
      Dataset dataset = put("set");
      datasets().putItem(PROJECT, item("i", "set", null)).join();
      DatasetRun.Item first = datasets().addRunItem(PROJECT, ran("i", "run", "{\"a\":1}")).join();
      DatasetRun.Item second = datasets().addRunItem(PROJECT, ran("i", "run", "{\"b\":2}")).join();

      DatasetRun run = datasets().run(PROJECT, dataset.id(), "run");
      assertThat(run)
          .isEqualTo(
              new DatasetRun(
                  first.runId(),
                  "run",
                  "why",
                  "{\"a\":1,\"b\":2}",
                  dataset.id(),
                  "set",
                  TIME,
                  run.updatedAt()));
      assertThat(first)
          .isEqualTo(new DatasetRun.Item(first.id(), run.id(), "run", "i", "trace", "obs", TIME));
      assertThat(datasets().runs(PROJECT, dataset.id(), 10, 0)).containsExactly(run);
      assertThat(datasets().countRuns(PROJECT, dataset.id())).isOne();
      assertThat(datasets().runItems(PROJECT, run, 10, 0)).containsExactly(second, first);
      assertThat(datasets().countRunItems(PROJECT, run)).isEqualTo(2);

      assertThat(datasets().deleteRun(PROJECT, dataset.id(), "run").join()).isTrue();
      assertThat(datasets().deleteRun(PROJECT, dataset.id(), "run").join()).isFalse();
      assertThat(datasets().countRunItems(PROJECT, run)).isZero();
    }

    @Test
    void run_ofNoActiveItem_isRefused() {
      assertRefused(
          Reason.NOT_FOUND,
          "Dataset item not found",
          () -> datasets().addRunItem(PROJECT, ran("nope", "run", "{}")).join());
    }
  }

  @Nested
  class Annotations {
    private AnnotationStore annotations() {
      return store.annotations();
    }

    private Comment comment(String id, String object) {
      return new Comment(
          id, Comment.ObjectType.TRACE, object, "Look at this 👀", "marie", TIME, TIME);
    }

    @Test
    void comments_areListedNewestFirstByWhatTheyAreAbout() {
      annotations().addComment(PROJECT, comment("a", "t")).join();
      annotations().addComment(PROJECT, comment("b", "t")).join();
      annotations().addComment(PROJECT, comment("c", "u")).join();

      assertThat(annotations().comment(PROJECT, "a")).isEqualTo(comment("a", "t"));
      assertThat(annotations().comment(OTHER, "a")).isNull();
      assertThat(annotations().comments(PROJECT, Comment.ObjectType.TRACE, "t", "marie", 10, 0))
          .containsExactly(comment("b", "t"), comment("a", "t"));
      assertThat(annotations().countComments(PROJECT, null, null, null)).isEqualTo(3);
      assertThat(annotations().countComments(PROJECT, null, null, "pierre")).isZero();
    }

    @Test
    void queues_haveNamesOfTheirOwn_andItemsThatChange() {
      AnnotationQueue queue =
          new AnnotationQueue("q", "to do", "why", List.of("c1", "c2"), TIME, TIME);
      annotations().addQueue(PROJECT, queue).join();
      assertThat(annotations().queue(PROJECT, "q")).isEqualTo(queue);
      assertThat(annotations().queues(PROJECT, 10, 0)).containsExactly(queue);
      assertThat(annotations().countQueues(OTHER)).isZero();
      assertRefused(
          Reason.INVALID,
          "already exists",
          () ->
              annotations()
                  .addQueue(PROJECT, new AnnotationQueue("r", "to do", null, List.of(), TIME, TIME))
                  .join());

      AnnotationQueue.Item item =
          new AnnotationQueue.Item(
              "i",
              "q",
              "t",
              AnnotationQueue.ObjectType.TRACE,
              AnnotationQueue.Status.PENDING,
              null,
              TIME,
              TIME);
      AnnotationQueue.Item done =
          new AnnotationQueue.Item(
              "i",
              "q",
              "t",
              AnnotationQueue.ObjectType.TRACE,
              AnnotationQueue.Status.COMPLETED,
              TIME.plusSeconds(1),
              TIME,
              TIME.plusSeconds(1));
      annotations().putItem(PROJECT, item).join();
      assertThat(annotations().item(PROJECT, "q", "i")).isEqualTo(item);
      annotations().putItem(PROJECT, done).join();
      assertThat(annotations().items(PROJECT, "q", AnnotationQueue.Status.COMPLETED, 10, 0))
          .containsExactly(done);
      assertThat(annotations().countItems(PROJECT, "q", AnnotationQueue.Status.PENDING)).isZero();
      assertThat(annotations().deleteItem(PROJECT, "q", "i").join()).isTrue();
      assertThat(annotations().deleteItem(PROJECT, "q", "i").join()).isFalse();
    }
  }

  @Nested
  class Projects {
    private ApiKey key(String project, String id) {
      return new ApiKey(id, project, "pk-" + id, "hash-" + id, "sk-...", "for tests", TIME);
    }

    @Test
    void projects_areMadeChangedAndTakenOffTheList_withTheirKeys() {
      ProjectStore projects = store.projects();
      Instant later = TIME.plusMillis(5);
      StoredProject one = new StoredProject("1", "one", "{\"a\":1}", TIME, later);
      projects.putProject(new StoredProject("1", "first", "{}", TIME, TIME)).join();
      assertThat(
              projects.putProject(new StoredProject("1", "one", "{\"a\":1}", later, later)).join())
          .isEqualTo(one);
      projects.putProject(new StoredProject("2", "Two", "{}", TIME, TIME)).join();
      projects.addApiKey(key("1", "a")).join();
      projects.addApiKey(key("2", "b")).join();

      assertThat(projects.projects()).extracting(StoredProject::name).containsExactly("Two", "one");
      assertThat(projects.project("1")).isEqualTo(one);
      assertThat(projects.apiKeys()).containsExactly(key("1", "a"), key("2", "b"));

      assertThat(projects.deleteApiKey("2", "a").join()).isFalse();
      assertThat(projects.deleteApiKey("2", "b").join()).isTrue();
      assertThat(projects.removeProject("1").join()).isTrue();
      assertThat(projects.removeProject("1").join()).isFalse();
      assertThat(projects.project("1")).isNull();
      assertThat(projects.apiKeys()).isEmpty();
    }

    @Test
    void projectOfWhichOnlyDataSpeaks_isNotListed() {
      store.prompts().addPrompt(PROJECT, prompt("x")).join();

      assertThat(store.projects().projects()).isEmpty();
    }
  }

  @Nested
  class Files {
    private final Media.Use use = new Media.Use("input", "t", null, null);

    private Media media(String type) {
      return new Media("id", "00ff", type, 5_000_000_000L, null);
    }

    @Test
    void file_isAnnouncedOnce_andUploadedOnce() {
      MediaStore media = store.media();
      assertThat(media.announce(PROJECT, media("image/png"), use).join())
          .isEqualTo(media("image/png"));
      Media uploaded = media.uploaded(PROJECT, "id").join();

      assertThat(uploaded.uploadedAt()).isNotNull();
      assertThat(media.media(PROJECT, "id")).isEqualTo(uploaded);
      assertThat(media.announce(PROJECT, media("image/png"), use).join()).isEqualTo(uploaded);
      assertThat(media.media(OTHER, "id")).isNull();
    }

    @Test
    void file_ofAnotherType_isToBeUploadedAgain() {
      MediaStore media = store.media();
      media.announce(PROJECT, media("image/png"), use).join();
      media.uploaded(PROJECT, "id").join();

      assertThat(media.announce(PROJECT, media("image/webp"), use).join())
          .isEqualTo(media("image/webp"));
    }

    private List<MediaStore.Held> held(Instant announcedBefore) {
      return store.media().held(announcedBefore, 0, 10);
    }

    private Media.Use inItem(String item) {
      return new Media.Use("input", null, null, item);
    }

    @Test
    void files_areHeldWithTheirUses_aPageAtATime() {
      MediaStore media = store.media();
      media.announce(PROJECT, media("image/png"), use).join();
      media.announce(PROJECT, media("image/png"), new Media.Use("output", "u", "o", null)).join();
      media.announce(OTHER, media("image/png"), use).join();
      media.announce(OTHER, media("image/png"), inItem("i")).join();
      Instant later = Instant.now().plusSeconds(60);

      List<MediaStore.Held> all = held(later);
      assertThat(all)
          .extracting(
              MediaStore.Held::project, MediaStore.Held::inDataset, MediaStore.Held::traceIds)
          .containsExactly(
              tuple(PROJECT, false, List.of("t", "u")), tuple(OTHER, true, List.of("t")));
      assertThat(all.get(0).media()).isEqualTo(media("image/png"));
      assertThat(media.held(later, all.get(0).number(), 10)).containsExactly(all.get(1));
      assertThat(media.held(later, 0, 1)).containsExactly(all.get(0));
      assertThat(held(Instant.now().minusSeconds(60))).isEmpty();
    }

    @Test
    void fileOfManyTraces_showsSome_andOthersWhenThoseAreForgotten() {
      MediaStore media = store.media();
      for (int i = 0; i < MediaStore.TRACES_SHOWN + 3; i++) {
        media
            .announce(
                PROJECT,
                media("image/png"),
                new Media.Use("input", "t%02d".formatted(i), null, null))
            .join();
      }
      Instant later = Instant.now().plusSeconds(60);

      MediaStore.Held first = held(later).get(0);
      assertThat(first.traceIds()).hasSize(MediaStore.TRACES_SHOWN);
      media.forgetTraces(first).join();
      assertThat(held(later).get(0).traceIds())
          .hasSize(3)
          .doesNotContainAnyElementsOf(first.traceIds());
    }

    @Test
    void file_isForgotten_onceNobodyCountsOnItsBytes() {
      MediaStore media = store.media();
      Instant later = Instant.now().plusSeconds(60);
      for (String project : List.of(PROJECT, OTHER)) {
        media.announce(project, media("image/png"), use).join();
        media.uploaded(project, "id").join();
      }
      MediaStore.Held one = held(later).get(0);
      MediaStore.Held two = held(later).get(1);

      assertThat(media.withdraw(one, Instant.now().minusSeconds(60)).join()).isFalse();
      assertThat(media.media(one.project(), "id").uploadedAt()).isNotNull();
      media.forget(one, later).join();
      assertThat(media.media(one.project(), "id")).as("not withdrawn").isNotNull();

      assertThat(media.withdraw(one, later).join()).as("the other counts on it").isFalse();
      assertThat(media.media(one.project(), "id").uploadedAt()).isNull();
      media.forget(one, later).join();
      assertThat(media.media(one.project(), "id")).isNull();

      assertThat(media.withdraw(two, later).join()).as("the last one").isTrue();
      media.forget(two, later).join();
      assertThat(held(later)).isEmpty();
    }
  }

  @Nested
  class Configs {
    @Test
    void configs_areStoredReplacedAndListed() {
      ScoreConfig config =
          new ScoreConfig(
              "c",
              "stars",
              Score.DataType.CATEGORICAL,
              false,
              "what for",
              null,
              null,
              List.of(new ScoreConfig.Category("good", 1), new ScoreConfig.Category("bad", 0)),
              TIME,
              TIME);
      ScoreConfig changed =
          new ScoreConfig(
              "c",
              "stars",
              Score.DataType.NUMERIC,
              true,
              null,
              1.0,
              5.0,
              null,
              TIME,
              TIME.plusSeconds(1));
      store.writeScoreConfig(PROJECT, config).join();
      assertThat(store.scoreConfig(PROJECT, "c")).isEqualTo(config);
      store.writeScoreConfig(PROJECT, changed).join();

      assertThat(store.scoreConfigs(PROJECT, 10, 0)).containsExactly(changed);
      assertThat(store.countScoreConfigs(PROJECT)).isOne();
      assertThat(store.scoreConfig(OTHER, "c")).isNull();
      assertThat(store.scoreConfigs(PROJECT, 10, 1)).isEmpty();
    }
  }

  @Nested
  class Models {
    @Test
    void add_comesBeforeOurs_inItsProjectOnly() {
      assertThat(store.addModel(PROJECT, model("m", "gpt-4o", "1")).join()).isTrue();

      assertThat(store.models(PROJECT).get(0)).isEqualTo(model("m", "gpt-4o", "1"));
      assertThat(store.model(OTHER, "m")).isNull();
    }

    @Test
    void add_nameTaken_isNotAdded() {
      assertThat(store.addModel(PROJECT, model("m", "mine", "1")).join()).isTrue();
      assertThat(store.addModel(PROJECT, model("n", "mine", "2")).join()).isFalse();
      assertThat(store.addModel(OTHER, model("m", "mine", "3")).join()).isTrue();

      assertThat(store.model(PROJECT, "m").price("input")).isEqualByComparingTo("1");
      assertThat(store.model(PROJECT, "n")).isNull();
    }

    @Test
    void delete_unknownOrOurs_deletesNothing() {
      assertThat(store.deleteModel(PROJECT, "nope").join()).isFalse();
      assertThat(store.deleteModel(PROJECT, "gpt-4o").join()).isFalse();
      assertThat(store.model(PROJECT, "gpt-4o")).isNotNull();
    }
  }
}
