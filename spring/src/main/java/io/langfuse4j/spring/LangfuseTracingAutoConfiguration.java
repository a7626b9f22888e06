package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseSpanProcessor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Joins the tracer provider of Spring Boot's tracing, where there is one: spans of other libraries
 * that belong in Langfuse are sent by the client too. Nothing is taken from the application: its
 * exporters get what they always got, its sampler decides about those spans, no global is set.
 *
 * <p>Steps back for a {@link LangfuseSpanProcessor} bean of the application's own.
 */
@AutoConfiguration(
    after = {LangfuseAutoConfiguration.class, LangfuseSpringAiAutoConfiguration.class})
@ConditionalOnBean(Langfuse.class)
@ConditionalOnProperty(name = "langfuse.span-processor.enabled", matchIfMissing = true)
public class LangfuseTracingAutoConfiguration {

  /** Boot adds every span processor that is a bean to its provider, and closes it with that. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean(LangfuseSpanProcessor.class)
  JoinedSpanProcessor langfuseSpanProcessor(
      ObjectProvider<Langfuse> langfuse, ObjectProvider<ObservedTwice> observedTwice) {
    return new JoinedSpanProcessor(
        langfuse, span -> observedTwice.stream().noneMatch(twice -> twice.test(span)));
  }
}
