package io.langfuse4j.javaagent.libraries;

import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.api.OpenAiApi;
import org.springframework.ai.retry.RetryUtils;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * A Boot application with Spring AI and nothing of Langfuse, no actuator and so no registry of
 * observations either.
 */
final class SpringAiProgram {

  private SpringAiProgram() {}

  /** Its beans, as Spring AI's starter would make them. */
  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  static class Application {

    @Bean
    ChatClient chatClient() {
      OpenAiChatModel model =
          OpenAiChatModel.builder()
              .openAiApi(
                  OpenAiApi.builder()
                      .baseUrl(System.getProperty("provider"))
                      .apiKey("sk-test")
                      .completionsPath("/chat")
                      .build())
              .defaultOptions(OpenAiChatOptions.builder().model("gpt-4o").streamUsage(true).build())
              .retryTemplate(RetryUtils.SHORT_RETRY_TEMPLATE)
              .build();
      return ChatClient.create(model);
    }
  }

  /** What the model may call. */
  static final class Tools {
    @Tool(name = "weather", description = "Weather of a city")
    String weather(String city) {
      return "It is sunny.";
    }
  }

  public static void main(String[] args) {
    System.setProperty("provider", args[0]);
    try (ConfigurableApplicationContext context =
        SpringApplication.run(
            Application.class,
            "--spring.main.banner-mode=off",
            "--spring.main.web-application-type=none")) {
      ChatClient client = context.getBean(ChatClient.class);
      System.out.println(client.prompt().user("Hello?").tools(new Tools()).call().content());
      System.out.println(
          String.join("", client.prompt().user("Hello?").stream().content().collectList().block()));
      try {
        client.prompt().user("Hello?").call().content();
      } catch (RuntimeException e) {
        System.out.println(e.getClass().getSimpleName());
      }
    }
    System.exit(0);
  }
}
