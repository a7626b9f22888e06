package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.OpenAIClientAsync;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.IntegrationBuilder;
import io.langfuse4j.instrumentation.ServiceProxy;
import java.util.function.Supplier;

/** Settings of wrapped clients. Not thread-safe; what it wraps is not affected by later changes. */
public final class LangfuseOpenAIBuilder extends IntegrationBuilder<LangfuseOpenAIBuilder> {

  private boolean includeStreamUsage;

  LangfuseOpenAIBuilder(Supplier<Langfuse> langfuse) {
    super(langfuse);
  }

  @Override
  protected LangfuseOpenAIBuilder self() {
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
    return ServiceProxy.wrap(OpenAIClient.class, client, tracing());
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public OpenAIClientAsync wrap(OpenAIClientAsync client) {
    return ServiceProxy.wrap(OpenAIClientAsync.class, client, tracing());
  }

  private CallTracing tracing() {
    return new CallTracing(langfuse(), options(), includeStreamUsage);
  }
}
