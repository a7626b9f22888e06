package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces Anthropic's Java client. Every message that is created through a wrapped client becomes a
 * generation below the current observation, with prompt, answer, usage and errors:
 *
 * <pre>{@code
 * AnthropicClient client = LangfuseAnthropic.wrap(AnthropicOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>A wrapped client does what the client does: same results, streams, threads and exceptions.
 * What is reached through it is traced too: {@code async()}, {@code withOptions(..)}, {@code
 * withRawResponse()}, {@code beta()}, structured outputs.
 *
 * <p>The client's own OpenTelemetry spans are switched off in the wrapped client, because they
 * describe the same calls; see {@link LangfuseAnthropicBuilder#keepNativeSpans}.
 *
 * <p>Thread-safe, as the client is. Closing a wrapped client closes the client.
 */
public final class LangfuseAnthropic {

  private LangfuseAnthropic() {}

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static AnthropicClient wrap(AnthropicClient client) {
    return new LangfuseAnthropicBuilder(Langfuse::get).wrap(client);
  }

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static AnthropicClientAsync wrap(AnthropicClientAsync client) {
    return new LangfuseAnthropicBuilder(Langfuse::get).wrap(client);
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseAnthropicBuilder builder(Langfuse langfuse) {
    return new LangfuseAnthropicBuilder(() -> langfuse);
  }

  /** Names the calls inside, adds metadata, or links them to a prompt. */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }
}
