package io.langfuse4j.examples.helpdesk.libraries;

import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.Demo;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;

/** Asks with Spring AI in a Spring Boot application, which the starter traces. */
@SpringBootApplication
public class SpringHelpDesk {

  /** Runs the demo; ends with 0 if all went well. */
  public static void main(String[] arguments) {
    boolean successful;
    try (ConfigurableApplicationContext context =
        SpringApplication.run(SpringHelpDesk.class, arguments)) {
      successful =
          Demo.run(
              context.getBean(Langfuse.class),
              context.getBean(ExtractiveProvider.class),
              new SpringAiModelClient(context.getBean(ChatModel.class)));
    }
    System.exit(successful ? 0 : 1);
  }

  @Bean
  ExtractiveProvider provider() {
    return ExtractiveProvider.start();
  }

  /** What Spring AI's own starter does with {@code spring.ai.openai.*}. */
  @Bean
  ChatModel chatModel(ExtractiveProvider provider, ObservationRegistry registry) {
    return OpenAiChatModel.builder()
        .openAiApi(
            OpenAiApi.builder()
                .baseUrl(provider.baseUrl().toString())
                .completionsPath("/chat/completions")
                .apiKey("none")
                .build())
        .observationRegistry(registry)
        .build();
  }
}
