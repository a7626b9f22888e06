package io.langfuse4j.examples.micronaut;

import com.openai.client.OpenAIClient;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.openai.LangfuseOpenAI;
import io.micronaut.context.event.BeanCreatedEvent;
import io.micronaut.context.event.BeanCreatedEventListener;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;

/** Puts the traced client in the place of every OpenAI client that is a bean. */
@Singleton
final class TracedOpenAI implements BeanCreatedEventListener<OpenAIClient> {

  private final Provider<Langfuse> langfuse;

  TracedOpenAI(Provider<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  @Override
  public OpenAIClient onCreated(BeanCreatedEvent<OpenAIClient> event) {
    return LangfuseOpenAI.builder(langfuse.get()).wrap(event.getBean());
  }
}
