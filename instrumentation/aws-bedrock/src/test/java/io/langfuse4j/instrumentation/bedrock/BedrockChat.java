package io.langfuse4j.instrumentation.bedrock;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.document.Document;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.BedrockRuntimeException;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConversationRole;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseOutput;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseResponse;
import software.amazon.awssdk.services.bedrockruntime.model.InferenceConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.InternalServerException;
import software.amazon.awssdk.services.bedrockruntime.model.Message;
import software.amazon.awssdk.services.bedrockruntime.model.SystemContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ThrottlingException;
import software.amazon.awssdk.services.bedrockruntime.model.Tool;
import software.amazon.awssdk.services.bedrockruntime.model.ToolConfiguration;
import software.amazon.awssdk.services.bedrockruntime.model.ToolInputSchema;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/** What the chat of the contract looks like with this library. */
final class BedrockChat {

  private BedrockChat() {}

  static BedrockRuntimeClient client(String url) {
    return configured(BedrockRuntimeClient.builder(), url).build();
  }

  static BedrockRuntimeAsyncClient asyncClient(String url) {
    return configured(BedrockRuntimeAsyncClient.builder(), url)
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
        .build();
  }

  /** Tries once. */
  private static <B extends AwsClientBuilder<B, ?>> B configured(B builder, String url) {
    return builder
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret")))
        .endpointOverride(URI.create(url))
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()));
  }

  static Message question(boolean withTools) {
    return Message.builder()
        .role(ConversationRole.USER)
        .content(ContentBlock.fromText(withTools ? "What is the weather in Paris?" : "Hello?"))
        .build();
  }

  static SystemContentBlock system() {
    return SystemContentBlock.fromText("Be brief.");
  }

  static InferenceConfiguration configuration() {
    return InferenceConfiguration.builder().temperature(0.2f).maxTokens(50).build();
  }

  static ToolConfiguration tools(boolean withTools) {
    return withTools
        ? ToolConfiguration.builder()
            .tools(
                Tool.builder()
                    .toolSpec(
                        t ->
                            t.name("weather")
                                .description("Weather of a city")
                                .inputSchema(
                                    ToolInputSchema.fromJson(
                                        Document.mapBuilder().putString("type", "object").build())))
                    .build())
            .build()
        : null;
  }

  static ConverseRequest request(boolean withTools) {
    return ConverseRequest.builder()
        .modelId(BedrockWire.MODEL)
        .system(system())
        .messages(question(withTools))
        .inferenceConfig(configuration())
        .toolConfig(tools(withTools))
        .build();
  }

  static String textOf(ConverseResponse response) {
    ConverseOutput output = response.output();
    return output.message().content().stream()
        .filter(block -> block.text() != null)
        .map(ContentBlock::text)
        .findFirst()
        .orElse("");
  }

  static Class<? extends Throwable> exceptionFor(int status) {
    return switch (status) {
      case 400 -> ValidationException.class;
      case 401 -> BedrockRuntimeException.class;
      case 429 -> ThrottlingException.class;
      default -> InternalServerException.class;
    };
  }
}
