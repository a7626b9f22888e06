package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletionChunk;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code client.chat().completions().createStreaming(..)}. */
@Integrates(library = "openai-java", operation = "chat completions, streamed")
class StreamChatTest extends StreamedChatContract {

  @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
  private StreamResponse<ChatCompletionChunk> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)))
        .chat()
        .completions()
        .createStreaming(OpenAIChat.params(withTools, true));
  }

  static String textOf(ChatCompletionChunk chunk) {
    return chunk.choices().stream()
        .map(choice -> choice.delta().content().orElse(""))
        .collect(Collectors.joining());
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    try (StreamResponse<ChatCompletionChunk> stream = call(langfuse, url, withTools)) {
      return stream.stream().map(StreamChatTest::textOf).collect(Collectors.joining());
    }
  }

  @Override
  protected void readAndClose(Langfuse langfuse) {
    try (StreamResponse<ChatCompletionChunk> stream = call(langfuse, provider.url(), false)) {
      assertThat(stream.stream().limit(2).toList()).hasSize(2);
    }
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return OpenAIChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return OpenAIIoException.class;
  }

  @Override
  protected Class<? extends Throwable> cutException() {
    return OpenAIIoException.class;
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    var iterator = call(langfuse, provider.url(), false).stream().iterator();
    iterator.next();
    assertThat(textOf(iterator.next())).isEqualTo("Hello");
  }

  @Test
  @Requirement("R4")
  void chunkWithoutChoicesFirst_doesNotDisturb() {
    List<String> events = new ArrayList<>(ChatWire.textEvents());
    events.add(0, ChatWire.chunkWithoutChoices());
    provider.events(events);

    assertThat(ask(langfuse, provider.url(), false)).isEqualTo("Hello Ada.");

    assertThat(fields(theSpan())).isEqualTo(answered(true, false, ChatReply.TEXT));
  }

  @Test
  void stream_isTheSameEveryTime() {
    provider.events(ChatWire.textEvents());
    try (StreamResponse<ChatCompletionChunk> stream = call(langfuse, provider.url(), false)) {
      assertThat(stream.stream()).isSameAs(stream.stream());
    }
  }

  @Test
  void neverRead_butClosed_ends() {
    provider.events(ChatWire.textEvents());
    call(langfuse, provider.url(), false).close();

    assertThat(theSpan().observation("status_message")).isEqualTo("Closed before the end.");
  }

  @Test
  @Requirement("R5")
  void includeStreamUsage_asksForUsageAndKeepsItsChunkFromTheApplication() {
    provider.events(ChatWire.textEvents());
    try (StreamResponse<ChatCompletionChunk> stream =
        LangfuseOpenAI.builder(langfuse)
            .includeStreamUsage(true)
            .wrap(held(OpenAIChat.client(provider.url())))
            .chat()
            .completions()
            .createStreaming(OpenAIChat.params(false, false))) {
      assertThat(stream.stream().allMatch(chunk -> !chunk.choices().isEmpty())).isTrue();
    }

    assertThat(provider.requests().get(0).json().toString()).contains("include_usage=true");
    RecordedSpan span = theSpan();
    assertThat(fields(span)).containsKey("usage_details");
    assertThat(span.observation("status_message")).isNull();
  }
}
