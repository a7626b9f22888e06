package io.langfuse4j.javaagent.libraries;

import java.util.List;

/**
 * A client of a library that is wrapped when it is made, or whatever else of a library takes our
 * integration.
 *
 * @param library the artifact, as people know it
 * @param builder the class that makes it
 * @param method of the builder
 * @param hook what is handed over there
 * @param entryPoint of the integration; has {@code wrap(client)}
 * @param client the type that is wrapped
 */
record TracedClient(
    String library, String builder, String method, Hook hook, String entryPoint, String client) {

  /** What of a method is handed over. */
  enum Hook {
    /** What it returns, replaced by what comes back. */
    RESULT,
    /** Its fourth argument, replaced by what comes back. */
    ARGUMENT,
    /** The object, before the method. */
    RECEIVER,
    /** The object, made by any of its constructors. */
    MADE
  }

  private TracedClient(
      String library, String builder, String method, String entryPoint, String client) {
    this(library, builder, method, Hook.RESULT, entryPoint, client);
  }

  private static final String OURS = "io.langfuse4j.instrumentation.";
  private static final String AWS = "software.amazon.awssdk.services.bedrockruntime.";

  static final List<TracedClient> ALL =
      List.of(
          okHttp("openai-java", "com.openai.client.", "OpenAI", "openai.LangfuseOpenAI", ""),
          okHttp("openai-java", "com.openai.client.", "OpenAI", "openai.LangfuseOpenAI", "Async"),
          okHttp(
              "anthropic-java",
              "com.anthropic.client.",
              "Anthropic",
              "anthropic.LangfuseAnthropic",
              ""),
          okHttp(
              "anthropic-java",
              "com.anthropic.client.",
              "Anthropic",
              "anthropic.LangfuseAnthropic",
              "Async"),
          new TracedClient(
              "bedrockruntime",
              AWS + "DefaultBedrockRuntimeClientBuilder",
              "buildClient",
              OURS + "bedrock.LangfuseBedrock",
              AWS + "BedrockRuntimeClient"),
          new TracedClient(
              "bedrockruntime",
              AWS + "DefaultBedrockRuntimeAsyncClientBuilder",
              "buildClient",
              OURS + "bedrock.LangfuseBedrock",
              AWS + "BedrockRuntimeAsyncClient"),
          new TracedClient(
              "google-genai",
              "com.google.genai.ApiClient",
              "createHttpClient",
              OURS + "genai.LangfuseGoogleGenAI",
              "okhttp3.OkHttpClient"),
          new TracedClient(
              "langchain4j",
              "dev.langchain4j.service.AiServiceContext",
              "create",
              OURS + "langchain4j.ObservedServices",
              "dev.langchain4j.service.AiServiceContext"),
          new TracedClient(
              "spring-ai",
              "io.micrometer.observation.docs.ObservationDocumentation",
              "observation",
              Hook.ARGUMENT,
              OURS + "springai.ObservedRegistries",
              "io.micrometer.observation.ObservationRegistry"),
          new TracedClient(
              "spring-ai",
              "org.springframework.ai.chat.client.DefaultChatClientBuilder",
              "build",
              Hook.RECEIVER,
              OURS + "springai.ObservedChatClients",
              "org.springframework.ai.chat.client.ChatClient$Builder"),
          new TracedClient(
              "google-adk",
              "com.google.adk.plugins.PluginManager",
              "",
              Hook.MADE,
              OURS + "adk.ObservedRunners",
              "com.google.adk.plugins.PluginManager"));

  private static TracedClient okHttp(
      String library, String packageName, String maker, String entryPoint, String suffix) {
    return new TracedClient(
        library,
        packageName + "okhttp." + maker + "OkHttpClient" + suffix + "$Builder",
        "build",
        OURS + entryPoint,
        packageName + maker + "Client" + suffix);
  }
}
