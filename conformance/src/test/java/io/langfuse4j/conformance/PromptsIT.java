package io.langfuse4j.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.api.LangfuseApiException;
import io.langfuse4j.api.PromptSummary;
import io.langfuse4j.prompt.ChatMessage;
import io.langfuse4j.prompt.ChatPrompt;
import io.langfuse4j.prompt.MessagePlaceholder;
import io.langfuse4j.prompt.Prompts;
import io.langfuse4j.prompt.TextPrompt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Prompts on the real server: the catalogues' end-to-end tests of the official SDKs. */
class PromptsIT {

  @RegisterExtension final SeedServer server = new SeedServer();

  private final String unique = UUID.randomUUID().toString();
  private Langfuse langfuse;
  private Prompts prompts;

  @BeforeEach
  void client() {
    langfuse = server.langfuse();
    prompts = langfuse.prompts();
  }

  private String name(String name) {
    return name + "-" + unique;
  }

  @Test
  void text_isCreatedAndReadBackWithAllFields() {
    prompts.createText(
        name("text"),
        "Hello {{name}} <&>",
        d ->
            d.labels("production", "beta")
                .tags("t1", "t2")
                .config(Map.of("temperature", 0.5))
                .commitMessage("first"));

    TextPrompt prompt = prompts.getText(name("text"));
    assertThat(prompt.version()).isOne();
    assertThat(prompt.config()).isEqualTo(Map.of("temperature", 0.5));
    assertThat(prompt.labels()).containsExactlyInAnyOrder("production", "beta", "latest");
    assertThat(prompt.tags()).containsExactly("t1", "t2");
    assertThat(prompt.commitMessage()).isEqualTo("first");
    assertThat(prompt.compile(Map.of("name", "<Jo>"))).hasToString("Hello <Jo> <&>");
  }

  @Test
  void chat_keepsMessagesAndPlaceholders() {
    prompts.createChat(
        name("chat"),
        List.of(
            ChatMessage.system("You are {{who}}."),
            new MessagePlaceholder("history"),
            ChatMessage.user("{{question}}")),
        d -> d.labels("production"));

    ChatPrompt prompt = prompts.getChat(name("chat"));
    assertThat(
            prompt
                .compile(
                    Map.of(
                        "who",
                        "kind",
                        "question",
                        "Why?",
                        "history",
                        List.of(ChatMessage.user("Hi"))))
                .messages())
        .containsExactly(
            ChatMessage.system("You are kind."), ChatMessage.user("Hi"), ChatMessage.user("Why?"));
    assertThat(prompt.compile().missingPlaceholders()).containsExactly("history");
    assertThat(prompt.compile().missing()).containsExactly("who", "question");
  }

  @Test
  void versionsAndLabels_choose_labelsMove() {
    prompts.createText(name("v"), "one", d -> d.labels("production"));
    prompts.createText(name("v"), "two", d -> d.labels("staging"));

    assertThat(prompts.getText(name("v")).template()).isEqualTo("one");
    assertThat(prompts.getText(name("v"), o -> o.label("latest")).template()).isEqualTo("two");
    assertThat(prompts.getText(name("v"), o -> o.version(1)).template()).isEqualTo("one");

    prompts.updateLabels(name("v"), 2, "production");
    assertThat(prompts.getText(name("v")).template()).isEqualTo("two");
    assertThat(prompts.getText(name("v"), o -> o.version(1)).labels()).doesNotContain("production");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder/deep/", "with space ", "ünï-", "plus+", "dash-"})
  void names_ofAllKinds_work(String prefix) {
    prompts.createText(name(prefix), "x", d -> d.labels("production"));

    assertThat(prompts.getText(name(prefix)).template()).isEqualTo("x");
    assertThat(prompts.updateLabels(name(prefix), 1, "beta").labels()).contains("beta");
  }

  @Test
  void delete_ofOneVersion_leavesTheOther_ofAll_leavesNothing() {
    prompts.createText(name("d"), "one", d -> {});
    prompts.createText(name("d"), "two", d -> d.labels("production"));
    prompts.delete(name("d"), 1);

    assertThat(prompts.getText(name("d")).template()).isEqualTo("two");
    assertThatThrownBy(() -> prompts.getText(name("d"), o -> o.version(1)))
        .isInstanceOfSatisfying(
            LangfuseApiException.class, e -> assertThat(e.isNotFound()).isTrue());

    prompts.delete(name("d"));
    assertThatThrownBy(() -> prompts.getText(name("d"))).isInstanceOf(LangfuseApiException.class);
  }

  @Test
  void unknown_throws_orFallsBack() {
    assertThatThrownBy(() -> prompts.getText(name("unknown")))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("404");
    assertThat(prompts.getText(name("unknown"), o -> o.fallback("x")).isFallback()).isTrue();
    assertThatThrownBy(() -> prompts.updateLabels(name("unknown"), 1, "x"))
        .isInstanceOf(LangfuseApiException.class);
  }

  @Test
  void list_hasEveryVersionAndLabel() {
    prompts.createText(name("listed"), "x", d -> d.labels("production").tags("tag-" + unique));

    assertThat(langfuse.api().prompts().list(q -> q.with("tag", "tag-" + unique)).stream())
        .extracting(PromptSummary::name)
        .containsExactly(name("listed"));
  }

  @Test
  void generations_areLinked_fallbacksAreNot() {
    TextPrompt prompt = prompts.createText(name("link"), "x", d -> d.labels("production"));
    TextPrompt fallback = prompts.getText(name("nowhere"), o -> o.fallback("y"));
    String trace =
        langfuse.observe(
            "linked",
            root -> {
              langfuse.observe("explicit", ObservationType.GENERATION, g -> g.prompt(prompt));
              langfuse.observe("fallback", ObservationType.GENERATION, g -> g.prompt(fallback));
              Langfuse.propagateAttributes(a -> a.prompt(prompt))
                  .run(
                      () ->
                          langfuse.observe("propagated", ObservationType.GENERATION, g -> g.id()));
              return root.traceId();
            });
    assertThat(langfuse.flush(Duration.ofSeconds(60))).isTrue();

    for (JsonNode observation : server.api().observationsOfTrace(trace)) {
      boolean linked =
          List.of("explicit", "propagated").contains(observation.path("name").asText());
      assertThat(observation.path("promptName").asText(null))
          .as("%s", observation.path("name"))
          .isEqualTo(linked ? name("link") : null);
    }
  }

  @Test
  void withoutAProductionVersion_theDefaultIsNotFound() {
    prompts.createText(name("beta"), "x", d -> d.labels("beta"));

    assertThatThrownBy(() -> prompts.getText(name("beta")))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("404");
    assertThat(prompts.getText(name("beta"), o -> o.label("beta")).template()).isEqualTo("x");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 7})
  void versionsThatAreNone_areRefused(int version) {
    prompts.createText(name("n"), "x", d -> d.labels("production"));

    assertThatThrownBy(() -> prompts.getText(name("n"), o -> o.version(version)))
        .isInstanceOf(LangfuseApiException.class);
    assertThatThrownBy(() -> prompts.updateLabels(name("n"), version, "beta"))
        .isInstanceOf(LangfuseApiException.class);
  }

  @Test
  void unknown_cannotBeDeleted() {
    assertThatThrownBy(() -> prompts.delete(name("unknown")))
        .isInstanceOf(LangfuseApiException.class)
        .hasMessageContaining("404");
  }

  @Test
  void labels_changeNothingOfTheContent() {
    TextPrompt before = prompts.createText(name("l"), "x {{y}}", d -> d.config(Map.of("a", 1)));
    prompts.updateLabels(name("l"), 1, "production", "beta");

    TextPrompt after = prompts.getText(name("l"));
    assertThat(after).isEqualTo(before);
    assertThat(after.labels()).contains("production", "beta");
  }

  @Test
  void tags_areThoseOfTheNewestVersion_keptIfNotGiven_removedIfEmpty() {
    prompts.createText(name("t"), "1", d -> d.labels("production").tags("a", "b"));
    prompts.createText(name("t"), "2", d -> d.labels("production"));
    assertThat(prompts.getText(name("t")).tags()).containsExactly("a", "b");

    prompts.createText(name("t"), "3", d -> d.labels("production").tags("c"));
    assertThat(prompts.getText(name("t")).tags()).containsExactly("c");

    prompts.createText(name("t"), "4", d -> d.labels("production").tags());
    assertThat(prompts.getText(name("t")).tags()).isEmpty();
  }

  @Test
  void config_mayBeAbsentOrNested() {
    Map<String, Object> nested = Map.of("a", List.of(1, Map.of("b", "c")), "t", true);
    prompts.createText(name("c"), "1", d -> d.labels("production"));
    assertThat(prompts.getText(name("c")).config()).isEmpty();

    prompts.createText(name("c"), "2", d -> d.labels("production").config(nested));
    assertThat(prompts.getText(name("c")).config()).isEqualTo(nested);
  }

  @Test
  void longName_works_orIsRefusedWithAReason() {
    String name = name("n".repeat(200));
    prompts.createText(name, "x", d -> d.labels("production"));

    assertThat(prompts.getText(name).name()).isEqualTo(name);
  }

  @Test
  void multiPartContent_isKept() {
    List<Map<String, Object>> parts =
        List.of(
            Map.of("type", "text", "text", "What is {{what}}?"),
            Map.of("type", "image_url", "image_url", Map.of("url", "https://example.com/a.png")));
    ChatPrompt stored =
        prompts.createChat(
            name("parts"), List.of(new MessagePlaceholder("shown")), d -> d.labels("production"));

    assertThat(
            stored
                .compile(Map.of("what", "this", "shown", ChatMessage.of("user", parts)))
                .messages()
                .get(0)
                .text())
        .isEqualTo("What is this?");
  }
}
