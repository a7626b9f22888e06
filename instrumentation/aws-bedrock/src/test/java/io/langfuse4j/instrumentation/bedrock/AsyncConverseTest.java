package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.AsyncChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;

/** {@code asyncClient.converse(..)}. */
@Integrates(
    library = "bedrockruntime",
    operation = "converse, async",
    without = {"CUT: not streamed", "ABANDONED: ends with the answer, whoever waits for it"})
class AsyncConverseTest extends AsyncChatContract {

  @Override
  protected ChatDialect dialect() {
    return new BedrockWire();
  }

  @Override
  protected CompletableFuture<ConverseResponse> start(
      Langfuse langfuse, String url, boolean withTools) {
    return LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.asyncClient(url)))
        .converse(BedrockChat.request(withTools));
  }

  @Override
  protected String textOf(Object answer) {
    return BedrockChat.textOf((ConverseResponse) answer);
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return BedrockChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return SdkClientException.class;
  }
}
