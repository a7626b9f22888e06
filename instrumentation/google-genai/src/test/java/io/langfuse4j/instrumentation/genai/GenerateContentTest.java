package io.langfuse4j.instrumentation.genai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.Chat;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.Content;
import com.google.genai.types.EmbedContentConfig;
import com.google.genai.types.FunctionCall;
import com.google.genai.types.FunctionResponse;
import com.google.genai.types.Part;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code client.models.generateContent(..)}. */
@Integrates(
    library = "google-genai",
    operation = "generateContent",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class GenerateContentTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new GeminiWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return GeminiChat.textOf(
        held(GeminiChat.client(langfuse, url))
            .models
            .generateContent(
                GeminiWire.MODEL,
                GeminiChat.question(withTools),
                GeminiChat.configuration(withTools)));
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return GeminiChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return GenAiIOException.class;
  }

  @Test
  void wrappedTwice_isTracedOnce() {
    ClientOptions options = LangfuseGoogleGenAI.builder(langfuse).clientOptions();
    assertThat(LangfuseGoogleGenAI.wrap(options)).isSameAs(options);
  }

  @Test
  void chat_isTracedWithItsHistory() {
    answer(ChatReply.TEXT);
    Chat chat = held(GeminiChat.client(langfuse, provider.url())).chats.create(GeminiWire.MODEL);
    chat.sendMessage("Hello?");
    chat.sendMessage("And?");

    assertThat(sent())
        .extracting(span -> fields(span).get("input"))
        .contains(
            List.of(
                Map.of("role", "user", "content", "Hello?"),
                Map.of("role", "assistant", "content", "Hello Ada."),
                Map.of("role", "user", "content", "And?")));
  }

  @Test
  @Requirement({"R3", "R4"})
  void conversationWithImageFunctionAndThought_isReadableInput() {
    answer(ChatReply.TEXT);
    held(GeminiChat.client(langfuse, provider.url()))
        .models
        .generateContent(
            GeminiWire.MODEL,
            List.of(
                content(
                    "user",
                    Part.fromBytes(new byte[] {-1, -1, -1}, "image/png"),
                    Part.fromText("What is it?")),
                content(
                    "model",
                    Part.builder().text("A city.").thought(true).build(),
                    Part.builder()
                        .functionCall(
                            FunctionCall.builder().name("weather").args(Map.of("city", "Paris")))
                        .build()),
                content(
                    "user",
                    Part.builder()
                        .functionResponse(
                            FunctionResponse.builder()
                                .name("weather")
                                .response(Map.of("output", "Rain")))
                        .build())),
            null);

    assertThat(fields(theSpan()).get("input"))
        .isEqualTo(
            StubProvider.parsed(
                """
                [{"role":"user","content":[
                   {"type":"image_url","image_url":{"url":"data:image/png;base64,////"}},
                   {"type":"text","text":"What is it?"}]},
                 {"role":"assistant","reasoning_content":"A city.","tool_calls":[
                   {"type":"function",
                    "function":{"name":"weather","arguments":"{\\"city\\":\\"Paris\\"}"}}]},
                 {"role":"tool","name":"weather","content":{"output":"Rain"}}]
                """));
  }

  private static Content content(String role, Part... parts) {
    return Content.builder().role(role).parts(parts).build();
  }

  @Test
  void embedding_isAnEmbeddingWithoutItsVector() {
    provider.json(200, "{\"embeddings\":[{\"values\":[0.1,0.2,0.3]}]}");
    held(GeminiChat.client(langfuse, provider.url()))
        .models
        .embedContent(
            "gemini-embedding-001",
            "Hello",
            EmbedContentConfig.builder().outputDimensionality(3).build());

    RecordedSpan span = theSpan();
    assertThat(span.name()).isEqualTo("GoogleGenAI-embedding");
    assertThat(fields(span))
        .containsEntry("type", "embedding")
        .containsEntry("model.name", "gemini-embedding-001")
        .containsEntry("model.parameters", Map.of("outputDimensionality", 3))
        .containsEntry("input", "Hello")
        .containsEntry("output", Map.of("dimensions", 3, "count", 1));
  }

  @Test
  void otherCalls_areNotObserved() {
    provider.json(200, "{\"totalTokens\":3}");
    held(GeminiChat.client(langfuse, provider.url()))
        .models
        .countTokens(GeminiWire.MODEL, "Hello", null);
    assertThat(sent()).isEmpty();
  }
}
