package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Health, info and meters of Spring Boot's actuator, whose classes are elsewhere in Boot 4. */
@AutoConfiguration(after = LangfuseAutoConfiguration.class)
@ConditionalOnBean(Langfuse.class)
public class LangfuseActuatorAutoConfiguration {

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.health.HealthIndicator")
  @ConditionalOnProperty(name = "management.health.langfuse.enabled", matchIfMissing = true)
  static class Boot3Health {

    @Bean
    Boot3HealthIndicator langfuseHealthIndicator(Langfuse langfuse) {
      return new Boot3HealthIndicator(new LangfuseHealth(langfuse));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnMissingClass("org.springframework.boot.actuate.health.HealthIndicator")
  @ConditionalOnClass(name = "org.springframework.boot.health.contributor.HealthIndicator")
  @ConditionalOnProperty(name = "management.health.langfuse.enabled", matchIfMissing = true)
  static class Boot4Health {

    @Bean
    Boot4HealthIndicator langfuseHealthIndicator(Langfuse langfuse) {
      return new Boot4HealthIndicator(new LangfuseHealth(langfuse));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "org.springframework.boot.actuate.info.InfoContributor")
  @ConditionalOnProperty(name = "management.info.langfuse.enabled", matchIfMissing = true)
  static class Info {

    @Bean
    InfoContributor langfuseInfoContributor(Langfuse langfuse) {
      LangfuseHealth health = new LangfuseHealth(langfuse);
      return info -> info.withDetail("langfuse", health.details());
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(name = "io.micrometer.core.instrument.binder.MeterBinder")
  static class Meters {

    /** Boot binds it to every registry, unless {@code management.metrics.enable.langfuse=false}. */
    @Bean
    LangfuseMeters langfuseMeters(Langfuse langfuse) {
      return new LangfuseMeters(langfuse);
    }
  }
}
