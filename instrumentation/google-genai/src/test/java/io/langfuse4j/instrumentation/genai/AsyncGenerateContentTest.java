package io.langfuse4j.instrumentation.genai;

import com.google.genai.errors.GenAiIOException;
import com.google.genai.types.GenerateContentResponse;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.testing.ChatContract;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.util.concurrent.CompletionException;

/** {@code client.async.models.generateContent(..)}. */
@Integrates(
    library = "google-genai",
    operation = "generateContent, async",
    without = {
      "CUT: not streamed",
      "CANCELLED: the library does not pass it on; the call ends with the answer",
      "ABANDONED: ends with the answer, whoever waits for it"
    })
class AsyncGenerateContentTest extends ChatContract {

  @Override
  protected ChatDialect dialect() {
    return new GeminiWire();
  }

  @Override
  protected String ask(Langfuse langfuse, String url, boolean withTools) throws Throwable {
    try {
      GenerateContentResponse response =
          held(GeminiChat.client(langfuse, url))
              .async
              .models
              .generateContent(
                  GeminiWire.MODEL,
                  GeminiChat.question(withTools),
                  GeminiChat.configuration(withTools))
              .join();
      return GeminiChat.textOf(response);
    } catch (CompletionException e) {
      throw ModelCall.unwrapped(e);
    }
  }

  @Override
  protected Class<? extends Throwable> exceptionFor(int status) {
    return GeminiChat.exceptionFor(status);
  }

  @Override
  protected Class<? extends Throwable> transportException() {
    return GenAiIOException.class;
  }
}
