package io.langfuse4j.instrumentation.bedrock;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.IntegrationBuilder;
import io.langfuse4j.instrumentation.ServiceProxy;
import java.util.function.Supplier;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeAsyncClient;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/** Settings of wrapped clients. Not thread-safe; what it wraps is not affected by later changes. */
public final class LangfuseBedrockBuilder extends IntegrationBuilder<LangfuseBedrockBuilder> {

  LangfuseBedrockBuilder(Supplier<Langfuse> langfuse) {
    super(langfuse);
  }

  @Override
  protected LangfuseBedrockBuilder self() {
    return this;
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public BedrockRuntimeClient wrap(BedrockRuntimeClient client) {
    return ServiceProxy.wrap(
        BedrockRuntimeClient.class, client, new CallTracing(langfuse(), options()));
  }

  /** Traces {@code client}. A client that is wrapped stays as it is. */
  public BedrockRuntimeAsyncClient wrap(BedrockRuntimeAsyncClient client) {
    return ServiceProxy.wrap(
        BedrockRuntimeAsyncClient.class, client, new CallTracing(langfuse(), options()));
  }
}
