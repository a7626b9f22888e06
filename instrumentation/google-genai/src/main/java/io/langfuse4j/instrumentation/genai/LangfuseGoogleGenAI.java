package io.langfuse4j.instrumentation.genai;

import com.google.genai.types.ClientOptions;
import io.langfuse4j.Langfuse;
import io.langfuse4j.PropagationScope;
import io.langfuse4j.instrumentation.ModelCallOptions;
import java.util.function.Consumer;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Traces Google's Gen AI client, for Gemini and for Vertex AI. Every content that is generated and
 * everything that is embedded through a client with these options becomes an observation below the
 * current one:
 *
 * <pre>{@code
 * Client client = Client.builder().clientOptions(LangfuseGoogleGenAI.clientOptions()).build();
 * }</pre>
 *
 * <p>Results, streams, threads and exceptions stay the library's. Models, chats, asynchronous calls
 * and the single calls of automatic function calling are all traced. Thread-safe.
 */
public final class LangfuseGoogleGenAI {

  private LangfuseGoogleGenAI() {}

  /** Options for a client that is traced with {@link Langfuse#get()}. */
  public static ClientOptions clientOptions() {
    return wrap(ClientOptions.builder().build());
  }

  /** The same options for a client that is traced with {@link Langfuse#get()}. */
  public static ClientOptions wrap(ClientOptions options) {
    return new LangfuseGoogleGenAIBuilder(Langfuse::get).wrap(options);
  }

  /** An HTTP client for Gen AI that is traced with {@link Langfuse#get()}. */
  public static OkHttpClient wrap(OkHttpClient http) {
    return new LangfuseGoogleGenAIBuilder(Langfuse::get).wrap(http);
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseGoogleGenAIBuilder builder(Langfuse langfuse) {
    return new LangfuseGoogleGenAIBuilder(() -> langfuse);
  }

  /** Names the calls inside, adds metadata, or links them to a prompt. */
  public static <T extends @Nullable Object, X extends Exception> T with(
      Consumer<ModelCallOptions> options, PropagationScope.ResultTask<T, X> calls) throws X {
    return ModelCallOptions.with(options, calls);
  }
}
