package io.langfuse4j.instrumentation.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Real answers of OpenAI, where they are at hand, compared with what was on the wire. */
class RecordedTrafficTest extends TracedTest {

  private static final Path RECORDINGS = find();

  private static Path find() {
    Path relative = Path.of("shared/fixtures/provider-traffic/openai");
    for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (Files.isDirectory(p.resolve(relative))) {
        return p.resolve(relative);
      }
    }
    return relative;
  }

  @TestFactory
  @Requirement({"R4", "R5"})
  Stream<DynamicTest> answer_isRecordedAsItWasOnTheWire() throws IOException {
    assumeTrue(
        Files.isDirectory(RECORDINGS),
        "no recorded traffic: ../shared/fixtures/provider-traffic/openai is not there");
    try (Stream<Path> files = Files.list(RECORDINGS.resolve("__files"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("chat_completions"))
          .sorted()
          .toList()
          .stream()
          .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }
  }

  private void replay(Path file) throws Exception {
    sink.clear();
    String body = Files.readString(file);
    boolean streams = file.toString().endsWith(".txt");
    try (StubProvider replayed = new StubProvider()) {
      if (streams) {
        replayed.events(List.of(body));
        stream(replayed.url());
      } else {
        replayed.json(200, body);
        LangfuseLangChain4j.builder(langfuse)
            .wrap(OpenAiModels.chat(replayed.url()))
            .chat(OpenAiModels.request(false));
      }
      check(streams ? pieces(body) : List.of(map(StubProvider.parsed(body))));
    }
  }

  private void stream(String url) throws Exception {
    CompletableFuture<ChatResponse> end = new CompletableFuture<>();
    LangfuseLangChain4j.builder(langfuse)
        .wrap(OpenAiModels.streaming(url))
        .chat(
            OpenAiModels.request(false),
            new StreamingChatResponseHandler() {
              @Override
              public void onCompleteResponse(ChatResponse response) {
                end.complete(response);
              }

              @Override
              public void onError(Throwable error) {
                end.completeExceptionally(error);
              }
            });
    end.get(60, TimeUnit.SECONDS);
  }

  private static List<Map<?, ?>> pieces(String body) {
    return Arrays.stream(body.split("\n"))
        .filter(line -> line.startsWith("data: {"))
        .<Map<?, ?>>map(line -> map(StubProvider.parsed(line.substring(6))))
        .toList();
  }

  private void check(List<? extends Map<?, ?>> answers) {
    Map<String, Object> fields = fields(theSpan());
    assertThat(fields.get("model.name")).isEqualTo(answers.get(0).get("model"));
    assertThat(fields.get("metadata.response_id")).isEqualTo(answers.get(0).get("id"));
    List<Map<?, ?>> choices =
        answers.stream()
            .flatMap(answer -> ((List<?>) answer.get("choices")).stream())
            .<Map<?, ?>>map(RecordedTrafficTest::map)
            .toList();
    String content =
        choices.stream()
            .map(choice -> map(choice.get(choice.get("message") == null ? "delta" : "message")))
            .map(message -> Objects.toString(message.get("content"), ""))
            .collect(Collectors.joining());
    assertThat(Objects.toString(map(fields.get("output")).get("content"), "")).isEqualTo(content);
    assertThat(fields.get("metadata.finish_reason"))
        .isEqualTo(
            choices.stream()
                .map(choice -> choice.get("finish_reason"))
                .filter(Objects::nonNull)
                .findFirst()
                .orElseThrow());
    Object usage = answers.get(answers.size() - 1).get("usage");
    if (usage != null) {
      assertThat(map(fields.get("usage_details")).get("total"))
          .isEqualTo(map(usage).get("total_tokens"));
    }
  }

  private static Map<?, ?> map(Object value) {
    return (Map<?, ?>) value;
  }
}
