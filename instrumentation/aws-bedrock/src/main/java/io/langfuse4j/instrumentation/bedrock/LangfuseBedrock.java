package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Traces the AWS SDK's clients for Bedrock. {@code converse}, {@code converseStream}, {@code
 * invokeModel} and {@code invokeModelWithResponseStream} become generations below the current
 * observation:
 *
 * <pre>{@code
 * BedrockRuntimeClient client = LangfuseBedrock.wrap(BedrockRuntimeClient.create());
 * }</pre>
 *
 * <p>A wrapped client does what the client does: same results, handlers, threads and exceptions.
 * Thread-safe, as the client is. Closing a wrapped client closes the client.
 */
public final class LangfuseBedrock {

  private LangfuseBedrock() {}

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static BedrockRuntimeClient wrap(BedrockRuntimeClient client) {
    return new LangfuseBedrockBuilder(Langfuse::get).wrap(client);
  }

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static BedrockRuntimeAsyncClient wrap(BedrockRuntimeAsyncClient client) {
    return new LangfuseBedrockBuilder(Langfuse::get).wrap(client);
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseBedrockBuilder builder(Langfuse langfuse) {
    return new LangfuseBedrockBuilder(() -> langfuse);
  }

  /** Names the calls inside, adds metadata, or links them to a prompt. */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }
}
