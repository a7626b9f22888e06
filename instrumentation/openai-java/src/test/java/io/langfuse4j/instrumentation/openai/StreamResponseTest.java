package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.responses.ResponseStreamEvent;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.StreamedChatContract;
import java.util.stream.Collectors;

/** {@code client.responses().createStreaming(..)}. */
@Integrates(library = "openai-java", operation = "responses, streamed")
class StreamResponseTest extends StreamedChatContract {

  @Override
  protected ChatDialect dialect() {
    return new ResponsesWire();
  }

  @SuppressWarnings("MustBeClosedChecker") // some of the tests are about not closing it
  private StreamResponse<ResponseStreamEvent> call(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)))
        .responses()
        .createStreaming(ResponsesWire.params(withTools));
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    try (StreamResponse<ResponseStreamEvent> stream = call(langfuse, url, withTools)) {
      return stream.stream().map(ResponsesWire::textOf).collect(Collectors.joining());
    }
  }

  @Override
  protected void readAndClose(Langfuse langfuse) {
    try (StreamResponse<ResponseStreamEvent> stream = call(langfuse, provider.url(), false)) {
      assertThat(stream.stream().limit(ResponsesWire.UNTIL_HELLO).toList())
          .hasSize(ResponsesWire.UNTIL_HELLO);
    }
  }

  @Override
  protected void readAndForget(Langfuse langfuse) {
    var iterator = call(langfuse, provider.url(), false).stream().iterator();
    iterator.next();
    iterator.next();
    assertThat(ResponsesWire.textOf(iterator.next())).isEqualTo("Hello");
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
}
