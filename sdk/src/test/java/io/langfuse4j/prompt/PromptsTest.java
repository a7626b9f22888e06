package io.langfuse4j.prompt;

import static io.langfuse4j.testing.ScriptedServer.json;
import static io.langfuse4j.testing.ScriptedServer.refusal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.langfuse4j.api.ApiResponse;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.testing.RecordedLogs;
import io.langfuse4j.testing.ScriptedServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The cache: when a prompt is fetched, by whom, and what happens when it cannot be. */
class PromptsTest {

  private final AtomicLong now = new AtomicLong(1);
  private final Deque<Runnable> background = new ArrayDeque<>();
  private final ScriptedServer server = new ScriptedServer(PromptsTest::stored);
  private final Prompts prompts =
      new Prompts(
          server.api(), Duration.ofSeconds(60), Duration.ofSeconds(2), background::add, now::get);

  private static ApiResponse stored(ScriptedServer.Request request) {
    return version(1, "Hello {{name}}");
  }

  private static ApiResponse version(int version, Object prompt) {
    return json(
        200,
        Map.of(
            "name",
            "greeting",
            "version",
            version,
            "type",
            prompt instanceof String ? "text" : "chat",
            "prompt",
            prompt,
            "config",
            Map.of("temperature", 0.5),
            "labels",
            List.of("production"),
            "tags",
            List.of("t")));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  private void runBackground() {
    while (!background.isEmpty()) {
      background.poll().run();
    }
  }

  @Test
  void firstGet_fetchesOnceWithTheLabelProduction() {
    TextPrompt prompt = prompts.getText("greeting");

    assertThat(server.lines())
        .containsExactly("GET /api/public/v2/prompts/greeting?label=production");
    assertThat(prompt.version()).isOne();
    assertThat(prompt.template()).isEqualTo("Hello {{name}}");
    assertThat(prompt.config()).isEqualTo(Map.of("temperature", 0.5));
    assertThat(prompt.labels()).containsExactly("production");
    assertThat(prompt.tags()).containsExactly("t");
    assertThat(prompt.isFallback()).isFalse();
  }

  @Test
  void name_isEncodedWithItsSlashes() {
    prompts.getText("folder/a b?");

    assertThat(server.lines().get(0)).contains("/prompts/folder%2Fa%20b%3F?");
  }

  @Test
  void getsWithinTheTimeToLive_askOnce() {
    prompts.getText("greeting");
    pass(Duration.ofSeconds(60));

    assertThat(prompts.getText("greeting")).isEqualTo(prompts.getText("greeting"));
    assertThat(server.requests()).hasSize(1);
    assertThat(background).isEmpty();
  }

  @Test
  void implicitAndExplicitProduction_areOneEntry() {
    prompts.getText("greeting");
    prompts.getText("greeting", o -> o.label("production"));

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void labelsAndVersions_areEntriesOfTheirOwn() {
    prompts.getText("greeting", o -> o.label("staging"));
    prompts.getText("greeting", o -> o.version(3));
    prompts.getText("greeting", o -> o.version(4));
    prompts.getText("greeting", o -> o.version(4));

    assertThat(server.lines())
        .containsExactly(
            "GET /api/public/v2/prompts/greeting?label=staging",
            "GET /api/public/v2/prompts/greeting?version=3",
            "GET /api/public/v2/prompts/greeting?version=4");
  }

  @Test
  void staleGets_returnAtOnceAndRefreshOnce() {
    prompts.getText("greeting");
    pass(Duration.ofSeconds(61));
    server.answering(request -> version(2, "Hi {{name}}"));

    for (int i = 0; i < 10; i++) {
      assertThat(prompts.getText("greeting").version()).isOne();
    }
    assertThat(background).hasSize(1);
    runBackground();

    assertThat(prompts.getText("greeting").version()).isEqualTo(2);
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void timeToLive_isThatOfTheCallThatFetched() {
    prompts.getText("greeting", o -> o.cacheTtl(Duration.ofSeconds(10)));
    pass(Duration.ofSeconds(10));
    prompts.getText("greeting");
    assertThat(background).isEmpty();

    pass(Duration.ofSeconds(1));
    prompts.getText("greeting");
    assertThat(background).hasSize(1);
  }

  @Test
  void timeToLiveOfZero_fetchesEveryTime() {
    prompts.getText("greeting", o -> o.cacheTtl(Duration.ZERO));
    prompts.getText("greeting", o -> o.cacheTtl(Duration.ZERO));

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void refreshThatFails_keepsWhatThereIs_andIsTriedAgain() {
    prompts.getText("greeting");
    pass(Duration.ofSeconds(61));
    server.answering(request -> refusal(500, "broken"));

    try (RecordedLogs logs = new RecordedLogs()) {
      prompts.getText("greeting", o -> o.maxRetries(1));
      runBackground();
      assertThat(server.requests()).hasSize(1 + 2);

      assertThat(prompts.getText("greeting", o -> o.maxRetries(0)).version()).isOne();
      runBackground();
      assertThat(server.requests()).hasSize(1 + 2 + 1);
      assertThat(logs.warnings()).hasSize(1).first().asString().contains("greeting");
    }
  }

  @Test
  void refreshOfWhatIsGone_forgetsIt_andTheFallbackServes() {
    prompts.getText("greeting");
    pass(Duration.ofSeconds(61));
    server.answering(request -> refusal(404, "Prompt not found"));
    prompts.getText("greeting");
    runBackground();

    TextPrompt prompt = prompts.getText("greeting", o -> o.fallback("Hey"));

    assertThat(prompt.isFallback()).isTrue();
  }

  @Test
  void refreshThatSomebodyDidBefore_isSkipped() {
    prompts.getText("greeting");
    pass(Duration.ofSeconds(61));
    prompts.getText("greeting");
    prompts.clearCache("greeting");
    prompts.getText("greeting");

    runBackground();

    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void failureWithoutFallback_throwsAndIsNotKept() {
    server.answering(request -> refusal(404, "Prompt not found: 'greeting'"));

    assertThatThrownBy(() -> prompts.getText("greeting"))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("Prompt not found: 'greeting'");
    assertThat(server.requests()).hasSize(1);

    server.answering(PromptsTest::stored);
    assertThat(prompts.getText("greeting").version()).isOne();
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 2", "2, 3", "3, 4", "9, 5", "-1, 1"})
  void serverErrors_areRetriedAsOftenAsAsked(int maxRetries, int requests) {
    server.answering(request -> refusal(500, "broken"));

    assertThatThrownBy(
            () ->
                prompts.getText(
                    "greeting", o -> o.maxRetries(maxRetries).timeout(Duration.ofSeconds(30))))
        .isInstanceOf(LangfuseApiException.class);

    assertThat(server.requests()).hasSize(requests);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404})
  void refusals_areNotRetried(int status) {
    server.answering(request -> refusal(status, "no"));

    assertThatThrownBy(() -> prompts.getText("greeting")).isInstanceOf(LangfuseApiException.class);

    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void timeout_reachesTheRequest() {
    prompts.getText("greeting", o -> o.timeout(Duration.ofMillis(700)));

    assertThat(server.requests().get(0).timeout())
        .isBetween(Duration.ofMillis(1), Duration.ofMillis(700));
  }

  @Test
  void fallback_isUsed_notKept_andSaidOnce() {
    server.answering(
        request -> {
          throw new IOException("down");
        });
    try (RecordedLogs logs = new RecordedLogs()) {
      TextPrompt prompt =
          prompts.getText("greeting", o -> o.fallback("Hey {{name}}").version(7).maxRetries(0));
      prompts.getText("greeting", o -> o.fallback("Hey {{name}}").version(7).maxRetries(0));

      assertThat(prompt.isFallback()).isTrue();
      assertThat(prompt.version()).isEqualTo(7);
      assertThat(prompt.labels()).isEmpty();
      assertThat(prompt.compile(Map.of("name", "Jo"))).hasToString("Hey Jo");
      assertThat(server.requests()).hasSize(2);
      assertThat(logs.warnings()).hasSize(1).first().asString().contains("down");
    }
  }

  @Test
  void fallbackOfAChat_hasLabelAndVersionZero() {
    server.answering(request -> refusal(404, "gone"));

    ChatPrompt prompt =
        prompts.getChat("c", o -> o.label("beta").fallback(List.of(ChatMessage.user("Hi"))));

    assertThat(prompt.version()).isZero();
    assertThat(prompt.labels()).containsExactly("beta");
    assertThat(prompt.template()).containsExactly(ChatMessage.user("Hi"));
  }

  @Test
  void fallback_isNotUsedWhenTheServerAnswers() {
    assertThat(prompts.getText("greeting", o -> o.fallback("Hey")).isFallback()).isFalse();
  }

  @Test
  void fallbackOfTheWrongKind_isAMistake() {
    assertThatThrownBy(() -> prompts.getChat("c", o -> o.fallback("text")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void promptOfTheOtherKind_throws_orIsReplacedByTheFallback() {
    assertThatThrownBy(() -> prompts.getChat("greeting"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TextPrompt, not a ChatPrompt");

    assertThat(prompts.getChat("greeting", o -> o.fallback(List.of(ChatMessage.user("x")))))
        .matches(Prompt::isFallback);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " "})
  void emptyName_isRefused(String name) {
    assertThatThrownBy(() -> prompts.getText(name)).isInstanceOf(IllegalArgumentException.class);
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void versionAndLabel_areRefused() {
    assertThatThrownBy(() -> prompts.getText("p", o -> o.version(1).label("x")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void chat_isReadWithPlaceholdersAndWithoutExtras() {
    server.answering(
        request ->
            version(
                3,
                List.of(
                    Map.of("role", "system", "content", "s", "type", "chatmessage", "more", 1),
                    Map.of("type", "placeholder", "name", "history"))));

    assertThat(prompts.getChat("c").template())
        .containsExactly(ChatMessage.system("s"), new MessagePlaceholder("history"));
  }

  @Test
  void concurrentFirstGets_shareOneRequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    server.answering(
        request -> {
          asked.countDown();
          go.await();
          return version(1, "x");
        });
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<CompletableFuture<TextPrompt>> gets = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      gets.add(CompletableFuture.supplyAsync(() -> prompts.getText("greeting"), threads));
    }
    asked.await();
    go.countDown();

    for (CompletableFuture<TextPrompt> get : gets) {
      assertThat(get.get().version()).isOne();
    }
    assertThat(server.requests()).hasSize(1);
    threads.shutdownNow();
  }

  @Test
  void concurrentFirstGets_thatFail_allFail() {
    server.answering(request -> refusal(401, "keys"));

    CompletableFuture<TextPrompt> one =
        CompletableFuture.supplyAsync(() -> prompts.getText("greeting"));
    CompletableFuture<TextPrompt> two =
        CompletableFuture.supplyAsync(() -> prompts.getText("greeting"));

    assertThatThrownBy(one::join).hasCauseInstanceOf(LangfuseApiException.class);
    assertThatThrownBy(two::join).hasCauseInstanceOf(LangfuseApiException.class);
  }

  @Test
  void getAsync_fetchesInTheBackground_andAnswersFromTheCache() {
    CompletableFuture<TextPrompt> first = prompts.getTextAsync("greeting", o -> {});
    assertThat(first).isNotDone();
    runBackground();
    assertThat(first).isCompletedWithValueMatching(prompt -> prompt.version() == 1);

    assertThat(prompts.getTextAsync("greeting", o -> {})).isCompleted();
    assertThat(prompts.getAsync("greeting", o -> {})).isCompletedWithValue(first.join());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void warmUp_fetchesAll_andTellsWhatIsMissing() {
    server.answering(
        request -> request.path().contains("bad") ? refusal(404, "gone") : version(1, "x"));

    CompletableFuture<List<String>> warm = prompts.warmUp(List.of("a", "bad", "b"));
    runBackground();

    assertThat(warm).isCompletedWithValue(List.of("bad"));
    prompts.getText("a");
    prompts.getText("b");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void create_postsTheDraft_andForgetsTheName() {
    prompts.getText("greeting");
    TextPrompt created =
        prompts.createText(
            "greeting",
            "Hello {{name}}",
            d ->
                d.labels("production")
                    .tags("t")
                    .config(Map.of("temperature", 0.5))
                    .commitMessage("first"));

    assertThat(created.version()).isOne();
    assertThat(server.requests().get(1).body())
        .isEqualTo(
            Map.of(
                "name", "greeting",
                "type", "text",
                "prompt", "Hello {{name}}",
                "labels", List.of("production"),
                "tags", List.of("t"),
                "config", Map.of("temperature", 0.5),
                "commitMessage", "first"));
    prompts.getText("greeting");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void createText_withoutADraft_hasNoLabels() {
    prompts.createText("greeting", "Hello");

    assertThat(server.requests().get(0).body())
        .isEqualTo(
            Map.of(
                "name", "greeting",
                "type", "text",
                "prompt", "Hello",
                "labels", List.of(),
                "config", Map.of()));
  }

  @Test
  void createChat_writesMessagesAndPlaceholders() {
    server.answering(request -> version(1, List.of(Map.of("role", "user", "content", "x"))));

    prompts.createChat("c", List.of(ChatMessage.system("s"), new MessagePlaceholder("history")));

    assertThat(server.requests().get(0).body())
        .isEqualTo(
            Map.of(
                "name", "c",
                "type", "chat",
                "prompt",
                    List.of(
                        Map.of("role", "system", "content", "s"),
                        Map.of("type", "placeholder", "name", "history")),
                "labels", List.of(),
                "config", Map.of()));
  }

  @Test
  void updateAndDelete_forgetExactlyThatName() {
    prompts.getText("foo");
    prompts.getText("foobar");
    prompts.updateLabels("foo", 2, "production", "beta");
    prompts.getText("foobar");
    prompts.getText("foo");
    prompts.delete("foo", 1);
    prompts.delete("foo");

    assertThat(server.lines().subList(2, 6))
        .containsExactly(
            "PATCH /api/public/v2/prompts/foo/versions/2",
            "GET /api/public/v2/prompts/foo?label=production",
            "DELETE /api/public/v2/prompts/foo?version=1",
            "DELETE /api/public/v2/prompts/foo");
    assertThat(server.requests().get(2).body())
        .isEqualTo(Map.of("newLabels", List.of("production", "beta")));
  }

  @Test
  void cache_isBounded() {
    for (int i = 0; i <= PromptCache.CAPACITY; i++) {
      prompts.getText("p" + i);
    }
    prompts.getText("p" + PromptCache.CAPACITY);
    assertThat(server.requests()).hasSize(PromptCache.CAPACITY + 1);

    prompts.getText("p0");
    assertThat(server.requests()).hasSize(PromptCache.CAPACITY + 2);
  }

  @Test
  void backgroundExecutorThatRefuses_isNoProblem() {
    Prompts refused =
        new Prompts(
            server.api(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            task -> {
              throw new RejectedExecutionException();
            },
            now::get);
    refused.getText("greeting");
    pass(Duration.ofSeconds(2));

    assertThat(refused.getText("greeting").version()).isOne();
    assertThat(refused.getTextAsync("other", o -> {})).isCompletedExceptionally();
    assertThat(server.requests()).hasSize(1);
  }
}
