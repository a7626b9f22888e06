package io.langfuse4j.examples.helpdesk.libraries;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.Demo;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;

/** Asks with openai-java, whose client is wrapped. */
public final class OpenAIHelpDesk {
  private OpenAIHelpDesk() {}

  /** Runs the demo; ends with 0 if all went well. */
  public static void main(String[] arguments) {
    ExtractiveProvider provider = ExtractiveProvider.start();
    try (Langfuse langfuse = Langfuse.get()) {
      OpenAIClient client = LangfuseOpenAI.wrap(client(provider));
      System.exit(Demo.run(langfuse, provider, new OpenAIModelClient(client)) ? 0 : 1);
    }
  }

  /** One that leaves it to the help desk to try again. */
  static OpenAIClient client(ExtractiveProvider provider) {
    return OpenAIOkHttpClient.builder()
        .baseUrl(provider.baseUrl().toString())
        .apiKey("none")
        .maxRetries(0)
        .build();
  }
}
