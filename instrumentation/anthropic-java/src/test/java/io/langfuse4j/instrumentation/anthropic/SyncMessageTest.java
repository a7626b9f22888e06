package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.TextBlock;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.stream.Collectors;

/** {@code client.messages().create(..)}. */
@Integrates(
    library = "anthropic-java",
    operation = "messages",
    without = {
      "CUT: not streamed",
      "CANCELLED: a blocking call cannot be",
      "ABANDONED: the caller waits for the answer"
    })
class SyncMessageTest extends ChatContract {

  static String textOf(Message message) {
    return message.content().stream()
        .map(ContentBlock::text)
        .flatMap(text -> text.map(TextBlock::text).stream())
        .collect(Collectors.joining());
  }

  @Override
  protected ChatDialect dialect() {
    return new AnthropicWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) {
    return textOf(
        LangfuseAnthropic.builder(langfuse)
            .wrap(held(AnthropicChat.client(url)))
            .messages()
            .create(AnthropicChat.params(withTools)));
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return AnthropicChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return AnthropicIoException.class;
  }
}
