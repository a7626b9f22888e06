package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.errors.AnthropicIoException;
import com.anthropic.models.messages.Message;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.AsyncChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.concurrent.CompletableFuture;

/** {@code client.async().messages().create(..)}. */
@Integrates(
    library = "anthropic-java",
    operation = "messages, async",
    without = {"CUT: not streamed", "ABANDONED: ends with the answer, whoever waits for it"})
class AsyncMessageTest extends AsyncChatContract {

  @Override
  protected ChatDialect dialect() {
    return new AnthropicWire();
  }

  @Override
  protected CompletableFuture<Message> start(Langfuse langfuse, String url, boolean withTools) {
    return LangfuseAnthropic.builder(langfuse)
        .wrap(held(AnthropicChat.client(url)).async())
        .messages()
        .create(AnthropicChat.params(withTools));
  }

  @Override
  protected String textOf(Object answer) {
    return SyncMessageTest.textOf((Message) answer);
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
