package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.springai.LangfuseSpringAI;
import io.micrometer.observation.ObservationRegistry;
import org.springframework.ai.chat.client.ChatClientCustomizer;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Traces Spring AI when {@code langfuse4j-spring-ai} is there. Works with the actuator's registry
 * of observations, and brings one where there is none, so that neither actuator nor tracing bridge
 * is needed.
 */
@AutoConfiguration(
    after = LangfuseAutoConfiguration.class,
    afterName = {
      "org.springframework.boot.actuate.autoconfigure.observation.ObservationAutoConfiguration",
      "org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration"
    })
@ConditionalOnClass({LangfuseSpringAI.class, ObservationRegistry.class})
@ConditionalOnProperty(name = "langfuse.spring-ai.enabled", matchIfMissing = true)
public class LangfuseSpringAiAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean
  ObservationRegistry langfuseObservationRegistry() {
    return ObservationRegistry.create();
  }

  /** Static, so that it is there before the registry. The client is asked for when observing. */
  @Bean
  static BeanPostProcessor langfuseObservationHandlerRegistrar(ObjectProvider<Langfuse> langfuse) {
    return new BeanPostProcessor() {
      @Override
      public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof ObservationRegistry registry && registry != ObservationRegistry.NOOP) {
          registry
              .observationConfig()
              .observationHandler(LangfuseSpringAI.observationHandler(langfuse::getObject));
        }
        return bean;
      }
    };
  }

  /** Boot's bridge makes a span of each observation that our handler sees. */
  @Bean
  ObservedTwice langfuseSpringAiSpans() {
    return ObservedTwice.SPRING_AI;
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ChatClientCustomizer.class)
  static class ChatClients {

    /** Time to first token, and what came of streams that are cut. */
    @Bean
    ChatClientCustomizer langfuseChatClientCustomizer() {
      return builder -> builder.defaultAdvisors(LangfuseSpringAI.streamAdvisor());
    }
  }
}
