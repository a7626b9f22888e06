package io.langfuse4j.instrumentation.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.IntegrationBuilder;
import io.langfuse4j.instrumentation.ServiceProxy;
import java.util.function.Supplier;

/** Settings of wrapped clients. Not thread-safe; what it wraps is not affected by later changes. */
public final class LangfuseAnthropicBuilder extends IntegrationBuilder<LangfuseAnthropicBuilder> {

  private boolean keepNativeSpans;

  LangfuseAnthropicBuilder(Supplier<Langfuse> langfuse) {
    super(langfuse);
  }

  @Override
  protected LangfuseAnthropicBuilder self() {
    return this;
  }

  /**
   * Leaves the client's own OpenTelemetry spans on, which newer versions of it make when a global
   * OpenTelemetry is set. Default false: where Langfuse gets the spans of that OpenTelemetry too,
   * every call would be there twice.
   */
  public LangfuseAnthropicBuilder keepNativeSpans(boolean keep) {
    keepNativeSpans = keep;
    return this;
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public AnthropicClient wrap(AnthropicClient client) {
    return wrap(AnthropicClient.class, client);
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public AnthropicClientAsync wrap(AnthropicClientAsync client) {
    return wrap(AnthropicClientAsync.class, client);
  }

  private <T> T wrap(Class<T> type, T client) {
    if (ServiceProxy.isWrapped(client)) {
      return client;
    }
    T traced = keepNativeSpans ? client : NativeSpans.off(type, client);
    return ServiceProxy.wrap(type, traced, new CallTracing(langfuse(), options()));
  }
}
