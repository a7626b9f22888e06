package io.langfuse4j.examples.micronaut;

import io.langfuse4j.Langfuse;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;

/** The Langfuse client as a bean, configured like everything else, sent and closed at the end. */
@Factory
final class LangfuseFactory {

  @Singleton
  @Bean(preDestroy = "close")
  Langfuse langfuse(
      @Value("${langfuse.public-key}") String publicKey,
      @Value("${langfuse.secret-key}") String secretKey,
      @Value("${langfuse.base-url:`https://cloud.langfuse.com`}") String baseUrl) {
    return Langfuse.builder().publicKey(publicKey).secretKey(secretKey).baseUrl(baseUrl).build();
  }
}
