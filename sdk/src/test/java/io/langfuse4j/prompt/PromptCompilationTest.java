package io.langfuse4j.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.RecordedLogs;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Templates, with the vectors of the Python SDK's tests. */
class PromptCompilationTest {

  private static TextPrompt text(String template) {
    return new TextPrompt("p", new PromptOptions(), template);
  }

  private static ChatPrompt chat(PromptMessage... entries) {
    return new ChatPrompt("p", new PromptOptions(), List.of(entries));
  }

  private static Arguments vector(String template, Map<String, ?> variables, String result) {
    return Arguments.of(template, variables, result);
  }

  static Stream<Arguments> templates() {
    Map<String, Object> none = new HashMap<>();
    none.put("name", null);
    return Stream.of(
        vector("Hello, {{name}}!", Map.of("name", "John"), "Hello, John!"),
        vector("{{greeting}}, {{name}}!", Map.of("greeting", "Hi", "name", "Jo"), "Hi, Jo!"),
        vector("Plain text.", Map.of(), "Plain text."),
        vector("Hello, {{content}}!", Map.of("content", "Jane"), "Hello, Jane!"),
        vector("Hello, {{name!", Map.of("name", "Jo"), "Hello, {{name!"),
        vector("Hello, {{name}}! and name}}", Map.of("name", "Jo"), "Hello, Jo! and name}}"),
        vector("Hello, {{name}}!", Map.of(), "Hello, {{name}}!"),
        vector("Hello, {{name}}!", none, "Hello, !"),
        vector("Hello, {{    name }}!", Map.of("name", "Jo"), "Hello, Jo!"),
        vector("{{symbols}}!", Map.of("symbols", "@$%^&* < >"), "@$%^&* < >!"),
        vector("{{a}} and {{a}}", Map.of("a", "x"), "x and x"),
        vector("{{a}} + {{b}}", Map.of("a", 1, "b", 2, "c", 3), "1 + 2"),
        vector("{{a}} + {a} = {{b}", Map.of("a", 1), "1 + {a} = {{b}"),
        vector("{{name}}", Map.of("name", ""), ""),
        vector("{{Name}} {{name}}", Map.of("name", "jo"), "{{Name}} jo"),
        vector("}} {{name}}", Map.of("name", "jo"), "}} jo"),
        vector("{{ {\"key\": \"value\"} }}", Map.of(), "{{ {\"key\": \"value\"} }}"),
        vector("{{json}}", Map.of("json", "{\"a\": \"{{b}}\"}", "b", 1), "{\"a\": \"{{b}}\"}"),
        vector("{{map}}", Map.of("map", Map.of("k", List.of(1))), "{\"k\":[1]}"),
        vector("{{yes}} {{half}}", Map.of("yes", true, "half", 0.5), "true 0.5"));
  }

  @ParameterizedTest
  @MethodSource("templates")
  void text_isCompiledAsThePythonSdkDoes(String template, Map<String, ?> given, String result) {
    assertThat(text(template).compile(given)).hasToString(result);
  }

  @Test
  void variables_areListedAsTheyAppear() {
    assertThat(text("{{a}} {{ b }} {{a}} {{c").variables()).containsExactly("a", "b", "a");
    assertThat(text("none").variables()).isEmpty();
    assertThat(chat(ChatMessage.user("{{x}}"), new MessagePlaceholder("history")).variables())
        .containsExactly("x");
  }

  @Test
  void missingVariables_areReported_jsonIsNotTakenForOne() {
    CompiledText compiled = text("{{a}} {{b}} {{b}} {{ {\"key\": 1} }}").compile(Map.of("a", "x"));

    assertThat(compiled.missing()).containsExactly("b");
    assertThat(compiled.isComplete()).isFalse();
    assertThat(text("{{a}}").compile(Map.of("a", 1)).isComplete()).isTrue();
  }

  @Test
  void chat_keepsRolesAndOrder() {
    ChatPrompt prompt = chat(ChatMessage.system("You are {{who}}."), ChatMessage.user("{{what}}"));

    assertThat(prompt.compile(Map.of("who", "kind", "what", "Hi <&>")).asMaps())
        .containsExactly(
            Map.of("role", "system", "content", "You are kind."),
            Map.of("role", "user", "content", "Hi <&>"));
  }

  @Test
  void placeholder_takesMessagesWithAllTheirFields() {
    ChatPrompt prompt =
        chat(ChatMessage.system("s"), new MessagePlaceholder("history"), ChatMessage.user("u"));
    Map<String, Object> call = new HashMap<>();
    call.put("role", "assistant");
    call.put("content", null);
    call.put("tool_calls", List.of(Map.of("id", "c1")));

    CompiledChat compiled =
        prompt.compile(
            Map.of("history", List.of(ChatMessage.user("about {{x}}"), call), "x", "lamps"));

    assertThat(compiled.asMaps().get(1))
        .isEqualTo(Map.of("role", "user", "content", "about lamps"));
    assertThat(compiled.asMaps().get(2)).isEqualTo(call);
    assertThat(compiled.messages()).hasSize(4);
    assertThat(compiled.isComplete()).isTrue();
  }

  @Test
  void placeholder_notGiven_staysAndIsReported() {
    CompiledChat compiled =
        chat(new MessagePlaceholder("history"), ChatMessage.user("{{x}}")).compile();

    assertThat(compiled.missingPlaceholders()).containsExactly("history");
    assertThat(compiled.missing()).containsExactly("x");
    assertThat(compiled.asMaps().get(0))
        .isEqualTo(Map.of("type", "placeholder", "name", "history"));
    assertThat(compiled.messages()).containsExactly(ChatMessage.user("{{x}}"));
  }

  @Test
  void placeholder_givenAnEmptyList_isRemoved() {
    CompiledChat compiled =
        chat(new MessagePlaceholder("history"), ChatMessage.user("u"))
            .compile(Map.of("history", List.of()));

    assertThat(compiled.entries()).containsExactly(ChatMessage.user("u"));
  }

  @Test
  void placeholder_givenNoMessages_becomesTheirTextAndAWarning() {
    try (RecordedLogs logs = new RecordedLogs()) {
      ChatPrompt prompt = chat(new MessagePlaceholder("odd"));

      assertThat(prompt.compile(Map.of("odd", "text")).asMaps())
          .containsExactly(Map.of("role", "NOT_GIVEN", "content", "text"));
      assertThat(prompt.compile(Map.of("odd", Arrays.asList("one", Map.of("x", 1)))).asMaps())
          .containsExactly(
              Map.of("role", "NOT_GIVEN", "content", "one"),
              Map.of("x", 1, "role", "NOT_GIVEN", "content", ""));
      assertThat(logs.warnings()).hasSize(1).first().asString().contains("'odd'");
    }
  }

  @Test
  void multiPartContent_isCompiledInside() {
    ChatPrompt prompt =
        chat(
            ChatMessage.of(
                "user",
                List.of(
                    Map.of("type", "text", "text", "Look at {{what}}"),
                    Map.of("type", "image_url", "image_url", Map.of("url", "{{url}}")))));

    assertThat(prompt.compile(Map.of("what", "this", "url", "http://x")).asMaps())
        .containsExactly(
            Map.of(
                "role",
                "user",
                "content",
                List.of(
                    Map.of("type", "text", "text", "Look at this"),
                    Map.of("type", "image_url", "image_url", Map.of("url", "http://x")))));
  }

  static Stream<Arguments> singleBraces() {
    return Stream.of(
        vector("Hello {{name}}", Map.of(), "Hello {name}"),
        vector("{{ a }} {{a.b}}", Map.of(), "{a} {{a.b}}"),
        vector("{\"k\": \"{{v}}\"}", Map.of(), "{{\"k\": \"{v}\"}}"),
        vector("{\"a\": {\"b\": 1}} {{x}}", Map.of(), "{{\"a\": {{\"b\": 1}}}} {x}"),
        vector("{ \n \"a\": {} }", Map.of(), "{{ \n \"a\": {} }}"),
        vector("{{\"done\": 1}}", Map.of(), "{{\"done\": 1}}"),
        vector("{plain} {{x}}", Map.of("x", "y"), "{plain} y"),
        vector("{} {{x}} { }", Map.of(), "{} {x} { }"),
        vector(
            "{\"a\": \"say \\\"hi\\\" to {{who}}\"}",
            Map.of(),
            "{{\"a\": \"say \\\"hi\\\" to {who}\"}}"),
        vector("{'a': 1} {{x}}", Map.of(), "{{'a': 1}} {x}"),
        vector(
            "Rate {{item}} as {\"score\": {\"value\": \"{{scale}}\"}, \"tags\": []} for {{who}}",
            Map.of("who", "Ada"),
            "Rate {item} as {{\"score\": {{\"value\": \"{scale}\"}}, \"tags\": []}} for Ada"));
  }

  @ParameterizedTest
  @MethodSource("singleBraces")
  void singleBraces_areWhatLangChainReads(String template, Map<String, ?> given, String result) {
    assertThat(text(template).toSingleBraces(given)).isEqualTo(result);
  }

  @Test
  void singleBraces_inAChat_keepPlaceholders() {
    CompiledChat converted =
        chat(ChatMessage.system("{{x}}"), new MessagePlaceholder("history"))
            .toSingleBraces(Map.of());

    assertThat(converted.asMaps())
        .containsExactly(
            Map.of("role", "system", "content", "{x}"),
            Map.of("type", "placeholder", "name", "history"));
  }

  @Test
  void template_isUnchangedByCompiling() {
    ChatPrompt prompt = chat(ChatMessage.user("{{a}}"), new MessagePlaceholder("history"));
    List<PromptMessage> before = List.copyOf(prompt.template());

    prompt.compile(Map.of("a", "x", "history", List.of(ChatMessage.user("y"))));
    prompt.toSingleBraces(Map.of("a", "x"));

    assertThat(prompt.template()).isEqualTo(before);
  }

  @Test
  void equality_isByNameVersionContentAndConfig() {
    assertThat(text("a")).isEqualTo(text("a")).hasSameHashCodeAs(text("a"));
    assertThat(text("a")).isNotEqualTo(text("b"));
    assertThat(chat(ChatMessage.user("a"))).isNotEqualTo(text("a"));
    assertThat(text("a").config()).isEqualTo(Collections.emptyMap());
  }
}
