package io.langfuse4j.examples.quarkus;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** OpenAI's client as a bean; that it is wrapped here is all that its calls need to be traced. */
public class OpenAIClients {

  @Produces
  @Singleton
  OpenAIClient openAI(
      @ConfigProperty(name = "openai.api-key") String apiKey,
      @ConfigProperty(name = "openai.base-url") String baseUrl) {
    return LangfuseOpenAI.wrap(
        OpenAIOkHttpClient.builder().apiKey(apiKey).baseUrl(baseUrl).build());
  }

  void close(@Disposes OpenAIClient client) {
    client.close();
  }
}
