package io.langfuse4j.instrumentation.genai;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.genai.ResponseStream;
import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.GenerateContentResponse;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;

/** {@code client.models.generateContentStream(..)}. */
@Integrates(library = "google-genai", operation = "generateContentStream")
class GenerateContentStreamTest extends StreamedChatContract {

  private ResponseStream<GenerateContentResponse> call(
      Langfuse langfuse, String url, boolean withTools) {
    return held(GeminiChat.client(langfuse, url))
        .models
        .generateContentStream(
            GeminiWire.MODEL, GeminiChat.question(withTools), GeminiChat.configuration(withTools));
  }

  @Override
  protected ChatDialect dialect() {
    return new GeminiWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    StringBuilder text = new StringBuilder();
    try (ResponseStream<GenerateContentResponse> stream = call(langfuse, url, withTools)) {
      stream.forEach(response -> text.append(GeminiChat.textOf(response)));
    }
    return text.toString();
  }

  @Override
  protected void readAndClose(Langfuse langfuse) {
    try (ResponseStream<GenerateContentResponse> stream = call(langfuse, provider.url(), false)) {
      assertThat(GeminiChat.textOf(stream.iterator().next())).isEqualTo("Hello");
    }
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    assertThat(GeminiChat.textOf(call(langfuse, provider.url(), false).iterator().next()))
        .isEqualTo("Hello");
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return GeminiChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return GenAiIOException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return GenAiIOException.class;
  }
}
