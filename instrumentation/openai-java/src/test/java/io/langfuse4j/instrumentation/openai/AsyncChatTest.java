package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.errors.OpenAIIoException;
import com.openai.models.chat.completions.ChatCompletion;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** {@code client.async().chat().completions().create(..)}. */
class AsyncChatTest extends ChatContract {

  @Override
  protected void answer(Reply reply) {
    provider.json(200, reply.whole());
  }

  @Override
  protected void answerWithoutChoices() {
    provider.json(200, ChatWire.completionOf());
  }

  private CompletableFuture<ChatCompletion> call(Langfuse langfuse, String url, boolean withTools) {
    return LangfuseOpenAI.builder(langfuse)
        .wrap(held(OpenAIChat.client(url)).async())
        .chat()
        .completions()
        .create(OpenAIChat.params(withTools, false));
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    try {
      return call(langfuse, url, withTools).join().choices().stream()
          .findFirst()
          .flatMap(choice -> choice.message().content())
          .orElse("");
    } catch (CompletionException e) {
      throw OpenAIChat.unwrapped(e);
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
  protected boolean streams() {
    return false;
  }

  @Test
  @Requirement("R6")
  void cancelled_isAnErrorAndEnds() {
    provider.silent();

    CompletableFuture<ChatCompletion> answer = call(langfuse, provider.url(), false);
    assertThat(answer.cancel(true)).isTrue();

    assertThat(answer).isCancelled();
    RecordedSpan span = theSpan();
    Map<String, Object> expected = asked(true, false);
    expected.put("level", "ERROR");
    expected.put("status_message", "java.util.concurrent.CancellationException");
    expected.put("cost_details", Map.of("input", 0, "output", 0, "total", 0));
    assertThat(fields(span)).isEqualTo(expected);
  }
}
