package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.responses.ResponseInputItem;
import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.prompt.CompiledChat;
import io.langfuse4j.prompt.CompiledText;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Traces OpenAI's Java client. Every call through a wrapped client becomes an observation below the
 * current one, with prompt, answer, usage and errors:
 *
 * <pre>{@code
 * OpenAIClient client = LangfuseOpenAI.wrap(OpenAIOkHttpClient.fromEnv());
 * }</pre>
 *
 * <p>A wrapped client does what the client does: same results, streams, threads and exceptions.
 * What is reached through it is traced too: {@code async()}, {@code withOptions(..)}, {@code
 * withRawResponse()}, structured outputs.
 *
 * <p>Thread-safe, as the client is. Closing a wrapped client closes the client.
 */
public final class LangfuseOpenAI {

  private LangfuseOpenAI() {}

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static OpenAIClient wrap(OpenAIClient client) {
    return new LangfuseOpenAIBuilder(Langfuse::get).wrap(client);
  }

  /** Traces {@code client} with {@link Langfuse#get()}. A client that is wrapped stays as it is. */
  public static OpenAIClientAsync wrap(OpenAIClientAsync client) {
    return new LangfuseOpenAIBuilder(Langfuse::get).wrap(client);
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseOpenAIBuilder builder(Langfuse langfuse) {
    return new LangfuseOpenAIBuilder(() -> langfuse);
  }

  /**
   * Names the calls inside, adds metadata, or links them to a prompt:
   *
   * <pre>{@code
   * ChatCompletion answer =
   *     LangfuseOpenAI.with(
   *         o -> o.name("summarise").prompt(prompt),
   *         () -> client.chat().completions().create(params));
   * }</pre>
   */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }

  /**
   * The messages of a prompt for chat completions, with images, tool calls and whatever else they
   * have; placeholders that were not filled are left out.
   *
   * @throws IllegalArgumentException if OpenAI's chats have no such role or part; says which
   */
  public static List<ChatCompletionMessageParam> messages(CompiledChat prompt) {
    return PromptMessages.chat(prompt);
  }

  /** A text prompt as the message of a user. */
  public static List<ChatCompletionMessageParam> messages(CompiledText prompt) {
    return PromptMessages.chat(prompt.asChat());
  }

  /** As {@link #messages(CompiledChat)}, for the input of the Responses API. */
  public static List<ResponseInputItem> responseInput(CompiledChat prompt) {
    return PromptMessages.responses(prompt);
  }
}
