package io.langfuse4j.examples.boot;

import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** A Spring Boot application; the starter does the rest. */
@SpringBootApplication
public class Application {

  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  @Bean
  CommandLineRunner run(Pipeline pipeline) {
    return arguments -> System.out.println(pipeline.myLlmPipeline("user_123", "session_abc"));
  }
}
