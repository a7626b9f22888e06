package io.langfuse4j.examples.micronaut;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.langchain4j.LangfuseLangChain4j;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Value;
import jakarta.inject.Singleton;
import java.util.List;

/** A model of LangChain4j's that tells every listener that is a bean, and ours as one of them. */
@Factory
final class ChatModelFactory {

  @Singleton
  ChatModelListener langfuseListener(Langfuse langfuse) {
    return LangfuseLangChain4j.builder(langfuse).chatModelListener();
  }

  @Singleton
  ChatModel chatModel(
      @Value("${openai.api-key}") String apiKey,
      @Value("${openai.base-url:`https://api.openai.com/v1`}") String baseUrl,
      List<ChatModelListener> listeners) {
    return OpenAiChatModel.builder()
        .apiKey(apiKey)
        .baseUrl(baseUrl)
        .modelName("gpt-4o")
        .listeners(listeners)
        .build();
  }
}
