package io.langfuse4j.javaagent.libraries;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ContentBlock;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseRequest;

/** An application that knows Amazon's client for Bedrock and nothing of Langfuse. */
final class BedrockProgram {

  private BedrockProgram() {}

  public static void main(String[] args) {
    StaticCredentialsProvider credentials =
        StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "secret"));
    ConverseRequest request =
        ConverseRequest.builder()
            .modelId("us.amazon.nova-lite-v1:0")
            .messages(m -> m.role("user").content(ContentBlock.fromText("Hello?")))
            .build();
    System.out.println(
        BedrockRuntimeClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(credentials)
            .endpointOverride(URI.create(args[0]))
            .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
            .build()
            .converse(request)
            .output()
            .message()
            .content()
            .get(0)
            .text());
    BedrockRuntimeAsyncClient.builder()
        .httpClientBuilder(NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1))
        .region(Region.US_EAST_1)
        .credentialsProvider(credentials)
        .endpointOverride(URI.create(args[0]))
        .overrideConfiguration(c -> c.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .build()
        .converse(request)
        .exceptionally(
            thrown -> {
              System.out.println(thrown.getCause().getClass().getSimpleName());
              return null;
            })
        .join();
    System.exit(0);
  }
}
