package io.langfuse4j.spring;

import io.langfuse4j.Langfuse;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** User, session and trace id of servlet requests. */
@AutoConfiguration(after = LangfuseAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(
    name = {"jakarta.servlet.Filter", "org.springframework.web.filter.OncePerRequestFilter"})
@ConditionalOnBean(Langfuse.class)
@EnableConfigurationProperties(LangfuseWebProperties.class)
public class LangfuseWebAutoConfiguration {

  /** Boot registers every filter that is a bean. */
  @Bean
  @ConditionalOnProperty(name = "langfuse.web.enabled", matchIfMissing = true)
  LangfuseWebFilter langfuseWebFilter(Langfuse langfuse, LangfuseWebProperties properties) {
    return new LangfuseWebFilter(langfuse, properties);
  }
}
