package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCallOptions;
import java.util.function.Supplier;

/** Settings of wrapped clients. Not thread-safe; what it wraps is not affected by later changes. */
public final class LangfuseOpenAIBuilder {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options = new ModelCallOptions();
  private boolean includeStreamUsage;

  LangfuseOpenAIBuilder(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  /** Name of the observations. Default: by kind of call, such as {@code OpenAI-generation}. */
  public LangfuseOpenAIBuilder name(String name) {
    options.name(name);
    return this;
  }

  /** Metadata of every observation. */
  public LangfuseOpenAIBuilder metadata(String key, Object value) {
    options.metadata(key, value);
    return this;
  }

  /** Links every observation to a version of a prompt. */
  public LangfuseOpenAIBuilder prompt(String name, int version) {
    options.prompt(name, version);
    return this;
  }

  /**
   * Asks OpenAI for the usage of streamed chat completions, which it reports only on request. Adds
   * {@code stream_options.include_usage} where the application did not set stream options; the
   * chunk that only carries the usage is not passed on. Default false, because some providers that
   * imitate OpenAI refuse the option.
   */
  public LangfuseOpenAIBuilder includeStreamUsage(boolean include) {
    includeStreamUsage = include;
    return this;
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public OpenAIClient wrap(OpenAIClient client) {
    return TracedService.wrap(OpenAIClient.class, client, tracing());
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public OpenAIClientAsync wrap(OpenAIClientAsync client) {
    return TracedService.wrap(OpenAIClientAsync.class, client, tracing());
  }

  private CallTracing tracing() {
    return new CallTracing(langfuse, new ModelCallOptions().add(options), includeStreamUsage);
  }
}
