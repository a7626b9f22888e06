package io.langfuse4j.spring;

import dev.langchain4j.model.chat.listener.ChatModelListener;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.langchain4j.LangfuseLangChain4j;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;

/**
 * Traces LangChain4j's models when {@code langfuse4j-langchain4j} is there: its own starters give
 * every model the listeners that are beans. AI services are traced anyway, and a call that both see
 * is recorded once.
 */
@AutoConfiguration(after = LangfuseAutoConfiguration.class)
@ConditionalOnClass({LangfuseLangChain4j.class, ChatModelListener.class})
@ConditionalOnBean(Langfuse.class)
@ConditionalOnProperty(name = "langfuse.langchain4j.enabled", matchIfMissing = true)
public class LangfuseLangChain4jAutoConfiguration {

  @Bean
  ChatModelListener langfuseChatModelListener(Langfuse langfuse) {
    return LangfuseLangChain4j.builder(langfuse).chatModelListener();
  }
}
