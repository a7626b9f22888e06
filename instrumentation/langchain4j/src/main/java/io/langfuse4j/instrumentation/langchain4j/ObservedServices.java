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

  /**
   * For the Java agent, which has what LangChain4j keeps of a service in its hands when no factory
   * made it. One that a factory made stays as it is.
   */
  public static AiServiceContext wrap(AiServiceContext context) {
    return context.getClass() == AiServiceContext.class
        ? new ObservedServices().create(context.aiServiceClass)
        : context;
  }

  @Override
  public AiServiceContext create(Class<?> service) {
    return new ObservedServiceContext(service, Langfuse::get);
  }
}
