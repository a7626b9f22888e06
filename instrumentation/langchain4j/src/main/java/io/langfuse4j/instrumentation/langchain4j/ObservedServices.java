package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.service.AiServiceContext;
import dev.langchain4j.spi.services.AiServiceContextFactory;
import io.langfuse4j.Langfuse;

/**
 * Found by LangChain4j, which asks it for every AI service that is built. Frameworks that bring a
 * factory of their own, such as Quarkus, have their own tracing.
 */
public final class ObservedServices implements AiServiceContextFactory {

  /** For the service loader. */
  public ObservedServices() {}

  @Override
  public AiServiceContext create(Class<?> service) {
    return new ObservedServiceContext(service, Langfuse::get);
  }
}
