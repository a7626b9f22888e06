package io.langfuse4j.examples.micronaut;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** OpenAI's client, as any application has it; nothing here knows about tracing. */
@Factory
final class OpenAIFactory {

  @Singleton
  @Bean(preDestroy = "close")
  OpenAIClient openAI(
      @Value("${openai.api-key}") String apiKey,
      @Value("${openai.base-url:`https://api.openai.com/v1`}") String baseUrl) {
    return OpenAIOkHttpClient.builder().apiKey(apiKey).baseUrl(baseUrl).build();
  }
}
