package io.langfuse4j.spring;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.models.messages.MessageCreateParams;
import com.google.genai.Client;
import com.google.genai.types.ClientOptions;
import com.google.genai.types.HttpOptions;
import com.google.genai.types.HttpRetryOptions;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.testing.CallContract;
import io.langfuse4j.instrumentation.testing.ChatWire;
import io.langfuse4j.instrumentation.testing.Integrates;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;

/** Calls through clients that are beans and know nothing of Langfuse. */
class ClientCallsTest {

  private static final Map<String, Object> HELLO = Map.of("role", "user", "content", "Hello?");
  private static final Map<String, Object> ANSWER =
      Map.of("role", "assistant", "content", "Hello Ada.");

  abstract static class BeanCalled extends CallContract {

    private AnnotationConfigApplicationContext context;

    @AfterEach
    void closeContext() {
      if (context != null) {
        context.close();
      }
      Langfuse.setDefault(null);
    }

    /** The bean of that type, as an application gets it. */
    final <T> T bean(Langfuse langfuse, Class<T> type, Supplier<T> made) {
      context = new AnnotationConfigApplicationContext();
      context
          .getEnvironment()
          .getPropertySources()
          .addFirst(new MapPropertySource("test", Map.of("langfuse.public-key", "pk")));
      context.registerBean(Langfuse.class, () -> langfuse);
      context.registerBean("client", type, made);
      context.register(LangfuseAutoConfiguration.class, LangfuseClientsAutoConfiguration.class);
      context.refresh();
      return context.getBean(type);
    }
  }

  @Nested
  @Integrates(
      library = "openai-java",
      operation = "chat completions",
      way = "Spring",
      without = "TOOL_CALL: as by hand, Spring only wraps the bean")
  class OpenAI extends BeanCalled {

    @Override
    protected void call(Langfuse langfuse, String url) {
      bean(
              langfuse,
              OpenAIClient.class,
              () ->
                  OpenAIOkHttpClient.builder().apiKey("sk-test").baseUrl(url).maxRetries(0).build())
          .chat()
          .completions()
          .create(
              ChatCompletionCreateParams.builder()
                  .model("gpt-4o")
                  .addUserMessage("Hello?")
                  .build());
    }

    @Override
    protected void answer() {
      provider.json(200, ChatWire.completion(ChatWire.TEXT, "stop"));
    }

    @Override
    protected String observationName() {
      return "OpenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          ChatWire.MODEL,
          "model.parameters",
          Map.of("service_tier", "default"),
          "input",
          List.of(HELLO),
          "output",
          ANSWER,
          "usage_details",
          Map.of(
              "input", 20,
              "output", 15,
              "total", 50,
              "input_cached_tokens", 10,
              "output_reasoning_tokens", 5),
          "metadata.response_id",
          "chatcmpl-1",
          "metadata.finish_reason",
          "stop");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return com.openai.errors.RateLimitException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return com.openai.errors.OpenAIIoException.class;
    }
  }

  @Nested
  @Integrates(
      library = "anthropic-java",
      operation = "messages",
      way = "Spring",
      without = "TOOL_CALL: as by hand, Spring only wraps the bean")
  class Anthropic extends BeanCalled {

    @Override
    protected void call(Langfuse langfuse, String url) {
      bean(
              langfuse,
              AnthropicClient.class,
              () ->
                  AnthropicOkHttpClient.builder().apiKey("key").baseUrl(url).maxRetries(0).build())
          .messages()
          .create(
              MessageCreateParams.builder()
                  .model("claude-sonnet-4-5")
                  .maxTokens(50)
                  .addUserMessage("Hello?")
                  .build());
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"id\":\"msg_1\",\"type\":\"message\",\"role\":\"assistant\","
              + "\"model\":\"claude-sonnet-4-5\",\"stop_reason\":\"end_turn\","
              + "\"content\":[{\"type\":\"text\",\"text\":\"Hello Ada.\"}],"
              + "\"usage\":{\"input_tokens\":3,\"output_tokens\":4}}");
    }

    @Override
    protected String observationName() {
      return "Anthropic-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "claude-sonnet-4-5",
          "model.parameters",
          Map.of("max_tokens", 50),
          "input",
          List.of(HELLO),
          "output",
          ANSWER,
          "usage_details",
          Map.of("input", 3, "output", 4, "total", 7),
          "metadata.response_id",
          "msg_1",
          "metadata.finish_reason",
          "end_turn");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return com.anthropic.errors.RateLimitException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return com.anthropic.errors.AnthropicIoException.class;
    }
  }

  @Nested
  @Integrates(
      library = "bedrockruntime",
      operation = "converse",
      way = "Spring",
      without = "TOOL_CALL: as by hand, Spring only wraps the bean")
  class Bedrock extends BeanCalled {

    @Override
    protected void call(Langfuse langfuse, String url) {
      bean(
              langfuse,
              BedrockRuntimeClient.class,
              () ->
                  BedrockRuntimeClient.builder()
                      .region(Region.US_EAST_1)
                      .credentialsProvider(
                          StaticCredentialsProvider.create(
                              AwsBasicCredentials.create("key", "secret")))
                      .endpointOverride(URI.create(url))
                      .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
                      .build())
          .converse(
              request ->
                  request
                      .modelId("us.amazon.nova-lite-v1:0")
                      .messages(
                          message ->
                              message
                                  .role(ConversationRole.USER)
                                  .content(ContentBlock.fromText("Hello?"))));
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"output\":{\"message\":{\"role\":\"assistant\",\"content\":["
              + "{\"text\":\"Hello Ada.\"}]}},\"stopReason\":\"end_turn\","
              + "\"usage\":{\"inputTokens\":3,\"outputTokens\":4,\"totalTokens\":7},"
              + "\"metrics\":{\"latencyMs\":123}}");
    }

    @Override
    protected void refuse() {
      provider.json(429, "{\"__type\":\"ThrottlingException\",\"message\":\"Slow down.\"}");
    }

    @Override
    protected String observationName() {
      return "Bedrock-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "us.amazon.nova-lite-v1:0",
          "input",
          List.of(HELLO),
          "output",
          ANSWER,
          "usage_details",
          Map.of("input", 3, "output", 4, "total", 7),
          "metadata.latency_ms",
          123L,
          "metadata.finish_reason",
          "end_turn");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return ThrottlingException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return SdkClientException.class;
    }
  }

  @Nested
  @Integrates(
      library = "google-genai",
      operation = "generateContent",
      way = "Spring",
      without = "TOOL_CALL: as by hand, Spring only wraps the bean")
  class GoogleGenAI extends BeanCalled {

    @Override
    protected void call(Langfuse langfuse, String url) {
      ClientOptions options =
          bean(langfuse, ClientOptions.class, () -> ClientOptions.builder().build());
      held(Client.builder()
              .apiKey("key")
              .clientOptions(options)
              .httpOptions(
                  HttpOptions.builder()
                      .baseUrl(url)
                      .retryOptions(HttpRetryOptions.builder().attempts(1).build())
                      .build())
              .build())
          .models
          .generateContent("gemini-2.5-flash", "Hello?", null);
    }

    @Override
    protected void answer() {
      provider.json(
          200,
          "{\"candidates\":[{\"content\":{\"role\":\"model\",\"parts\":[{\"text\":\"Hello Ada.\"}]},"
              + "\"finishReason\":\"STOP\"}],\"usageMetadata\":{\"promptTokenCount\":3,"
              + "\"candidatesTokenCount\":4,\"totalTokenCount\":7},"
              + "\"modelVersion\":\"gemini-2.5-flash-002\"}");
    }

    @Override
    protected void refuse() {
      provider.json(
          429, "{\"error\":{\"code\":429,\"message\":\"Slow down.\",\"status\":\"EXHAUSTED\"}}");
    }

    @Override
    protected String observationName() {
      return "GoogleGenAI-generation";
    }

    @Override
    protected Map<String, Object> answered() {
      return Map.of(
          "type",
          "generation",
          "model.name",
          "gemini-2.5-flash-002",
          "input",
          List.of(HELLO),
          "output",
          ANSWER,
          "usage_details",
          Map.of("input", 3, "output", 4, "total", 7),
          "metadata.finish_reason",
          "STOP");
    }

    @Override
    protected Class<? extends Throwable> refusal() {
      return com.google.genai.errors.ClientException.class;
    }

    @Override
    protected Class<? extends Throwable> transportException() {
      return com.google.genai.errors.GenAiIOException.class;
    }
  }
}
