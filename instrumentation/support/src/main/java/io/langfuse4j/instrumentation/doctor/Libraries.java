package io.langfuse4j.instrumentation.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** Which libraries the application has that can be traced. */
final class Libraries {

  /**
   * A library.
   *
   * @param artifact group and name, as in the path of its {@code pom.properties}
   * @param type one that it has
   * @param how it is traced
   */
  private record Library(String artifact, String type, String how) {}

  private static final String AGENT = "traced by the agent, or by wrapping the client";

  private static final List<Library> ALL =
      List.of(
          new Library("com.openai/openai-java-core", "com.openai.client.OpenAIClient", AGENT),
          new Library(
              "com.anthropic/anthropic-java-core", "com.anthropic.client.AnthropicClient", AGENT),
          new Library(
              "software.amazon.awssdk/bedrockruntime",
              "software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient",
              AGENT),
          new Library("com.google.genai/google-genai", "com.google.genai.Client", AGENT),
          new Library(
              "io.modelcontextprotocol.sdk/mcp-core",
              "io.modelcontextprotocol.spec.McpClientTransport",
              "traced by wrapping transports and tools"),
          new Library(
              "dev.langchain4j/langchain4j-core",
              "dev.langchain4j.model.chat.ChatModel",
              "AI services traced by the agent, everything with langfuse4j-langchain4j"),
          new Library(
              "com.google.adk/google-adk",
              "com.google.adk.runner.Runner",
              "traced by the agent, or with langfuse4j-google-adk"),
          new Library(
              "org.springframework.ai/spring-ai-model",
              "org.springframework.ai.chat.model.ChatModel",
              "traced by the agent, or with langfuse4j-spring-boot-starter"));

  private Libraries() {}

  /** One sentence for each; empty if there is none. */
  static List<String> describe(ClassLoader application) {
    List<String> found = new ArrayList<>();
    for (Library library : ALL) {
      if (application.getResource(library.type().replace('.', '/') + ".class") != null) {
        found.add(library.artifact() + version(application, library) + ": " + library.how());
      }
    }
    return found;
  }

  private static String version(ClassLoader application, Library library) {
    String path = "META-INF/maven/" + library.artifact() + "/pom.properties";
    try (InputStream in = application.getResourceAsStream(path)) {
      if (in == null) {
        return "";
      }
      Properties properties = new Properties();
      properties.load(in);
      return " " + properties.getProperty("version", "");
    } catch (IOException e) {
      return "";
    }
  }
}
