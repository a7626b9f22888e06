package io.langfuse4j.spring;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.google.genai.types.ClientOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.anthropic.LangfuseAnthropic;
import io.langfuse4j.instrumentation.bedrock.LangfuseBedrock;
import io.langfuse4j.instrumentation.genai.LangfuseGoogleGenAI;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Wraps clients of model providers that are beans, each library's if its integration is there: of
 * Google Gen AI its {@code ClientOptions}, because its client cannot be wrapped. A client that the
 * application wraps itself stays as it is.
 */
@AutoConfiguration(after = LangfuseAutoConfiguration.class)
@ConditionalOnProperty(name = "langfuse.clients.enabled", matchIfMissing = true)
public class LangfuseClientsAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({LangfuseOpenAI.class, OpenAIClient.class})
  static class OpenAI {

    @Bean
    static ClientWrapper<OpenAIClient> langfuseOpenAIClients(ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          OpenAIClient.class, client -> LangfuseOpenAI.builder(langfuse.getObject()).wrap(client));
    }

    @Bean
    static ClientWrapper<OpenAIClientAsync> langfuseOpenAIAsyncClients(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          OpenAIClientAsync.class,
          client -> LangfuseOpenAI.builder(langfuse.getObject()).wrap(client));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({LangfuseAnthropic.class, AnthropicClient.class})
  static class Anthropic {

    @Bean
    static ClientWrapper<AnthropicClient> langfuseAnthropicClients(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          AnthropicClient.class,
          client -> LangfuseAnthropic.builder(langfuse.getObject()).wrap(client));
    }

    @Bean
    static ClientWrapper<AnthropicClientAsync> langfuseAnthropicAsyncClients(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          AnthropicClientAsync.class,
          client -> LangfuseAnthropic.builder(langfuse.getObject()).wrap(client));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({LangfuseBedrock.class, BedrockRuntimeClient.class})
  static class Bedrock {

    @Bean
    static ClientWrapper<BedrockRuntimeClient> langfuseBedrockClients(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          BedrockRuntimeClient.class,
          client -> LangfuseBedrock.builder(langfuse.getObject()).wrap(client));
    }

    @Bean
    static ClientWrapper<BedrockRuntimeAsyncClient> langfuseBedrockAsyncClients(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          BedrockRuntimeAsyncClient.class,
          client -> LangfuseBedrock.builder(langfuse.getObject()).wrap(client));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass({LangfuseGoogleGenAI.class, ClientOptions.class})
  static class GoogleGenAI {

    @Bean
    static ClientWrapper<ClientOptions> langfuseGoogleGenAIOptions(
        ObjectProvider<Langfuse> langfuse) {
      return new ClientWrapper<>(
          ClientOptions.class,
          options -> LangfuseGoogleGenAI.builder(langfuse.getObject()).wrap(options));
    }
  }
}
