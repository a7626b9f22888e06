package io.langfuse4j.examples.helpdesk.libraries;

import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import io.langfuse4j.Langfuse;
import io.langfuse4j.examples.helpdesk.Demo;
import io.langfuse4j.examples.helpdesk.extractive.ExtractiveProvider;
import io.langfuse4j.instrumentation.langchain4j.LangfuseLangChain4j;

/** Asks with LangChain4j, whose models are wrapped. */
public final class LangChain4jHelpDesk {
  private LangChain4jHelpDesk() {}

  /** Runs the demo; ends with 0 if all went well. */
  public static void main(String[] arguments) {
    ExtractiveProvider provider = ExtractiveProvider.start();
    try (Langfuse langfuse = Langfuse.get()) {
      String url = provider.baseUrl().toString();
      LangChain4jModelClient client =
          new LangChain4jModelClient(
              LangfuseLangChain4j.wrap(
                  OpenAiChatModel.builder().baseUrl(url).apiKey("none").maxRetries(0).build()),
              LangfuseLangChain4j.wrap(
                  OpenAiStreamingChatModel.builder().baseUrl(url).apiKey("none").build()));
      System.exit(Demo.run(langfuse, provider, client) ? 0 : 1);
    }
  }
}
