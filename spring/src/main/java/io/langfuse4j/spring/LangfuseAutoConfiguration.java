package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseBuilder;
import io.opentelemetry.context.Context;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.core.task.TaskDecorator;

/**
 * The client as a bean, {@code @Observe} on beans, and the current observation in tasks of Boot's
 * executors. Each steps back for a bean of the application's own.
 */
@AutoConfiguration
@EnableConfigurationProperties(LangfuseProperties.class)
public class LangfuseAutoConfiguration {

  /**
   * The client, which is also the one of {@link Langfuse#get()}, so that what is observed outside
   * of beans goes the same way. Closed, and so flushed, with the application.
   */
  @Bean
  @ConditionalOnMissingBean
  Langfuse langfuse(
      LangfuseProperties properties,
      ObjectProvider<LangfuseCustomizer> customizers,
      Environment environment) {
    Langfuse langfuse;
    try {
      langfuse = build(properties, customizers);
    } catch (IllegalArgumentException e) {
      throw new LangfuseConfigurationException(
          "A setting of Langfuse cannot be used: " + e.getMessage(),
          "Correct the property of that name below langfuse in the application's configuration, or"
              + " the LANGFUSE_ variable.",
          e);
    }
    if (environment.getProperty("langfuse.verify-on-startup", Boolean.class, false)) {
      verify(langfuse);
    }
    Langfuse.setDefault(langfuse);
    return langfuse;
  }

  private static void verify(Langfuse langfuse) {
    try {
      StartupCheck.run(langfuse);
    } catch (RuntimeException e) {
      langfuse.close();
      throw e;
    }
  }

  private static Langfuse build(
      LangfuseProperties properties, ObjectProvider<LangfuseCustomizer> customizers) {
    LangfuseBuilder builder = Langfuse.builder();
    ifSet(properties.publicKey(), builder::publicKey);
    ifSet(properties.secretKey(), builder::secretKey);
    ifSet(properties.baseUrl(), builder::baseUrl);
    ifSet(properties.tracingEnabled(), builder::tracingEnabled);
    ifSet(properties.environment(), builder::environment);
    ifSet(properties.release(), builder::release);
    ifSet(properties.sampleRate(), builder::sampleRate);
    ifSet(properties.captureContent(), builder::captureContent);
    ifSet(properties.observeIoCapture(), builder::observeIoCapture);
    ifSet(properties.flushAt(), builder::flushAt);
    ifSet(properties.flushInterval(), builder::flushInterval);
    ifSet(properties.timeout(), builder::timeout);
    ifSet(properties.debug(), builder::debug);
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    return builder.build();
  }

  /** An empty value counts as unset, as everywhere: {@code ${KEY:}} is one where there is none. */
  private static <T> void ifSet(@Nullable T value, Consumer<T> setter) {
    if (value != null && !value.toString().isBlank()) {
      setter.accept(value);
    }
  }

  /** Static, so that it is there before the beans it is for. */
  @Bean
  @ConditionalOnProperty(name = "langfuse.observe.enabled", matchIfMissing = true)
  static ObserveBeanPostProcessor langfuseObserveBeanPostProcessor(
      ObjectProvider<Langfuse> langfuse, Environment environment) {
    boolean subclasses =
        environment.getProperty("spring.aop.proxy-target-class", Boolean.class, true);
    return new ObserveBeanPostProcessor(langfuse::getObject, subclasses);
  }

  /** {@code @Async} methods and other tasks of Boot's executors belong to who started them. */
  @Bean
  @ConditionalOnMissingBean(TaskDecorator.class)
  @ConditionalOnProperty(name = "langfuse.task-decorator.enabled", matchIfMissing = true)
  TaskDecorator langfuseTaskDecorator() {
    return task -> Context.current().wrap(task);
  }
}
