package io.langfuse4j.javaagent.libraries;

import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.service.AiServices;

/** An application that knows LangChain4j and nothing of Langfuse. */
final class LangChain4jProgram {

  private LangChain4jProgram() {}

  /** An AI service. */
  interface Assistant {
    String answer(String question);
  }

  /** What it may call. */
  static final class Tools {
    @Tool
    String weather(String city) {
      return "sunny";
    }
  }

  public static void main(String[] args) {
    Assistant assistant =
        AiServices.builder(Assistant.class)
            .chatModel(
                OpenAiChatModel.builder()
                    .baseUrl(args[0])
                    .apiKey("key")
                    .modelName("gpt-4o")
                    .maxRetries(0)
                    .build())
            .tools(new Tools())
            .build();
    System.out.println(assistant.answer("Hello?"));
    try {
      assistant.answer("Hello?");
    } catch (RuntimeException e) {
      System.out.println(e.getClass().getSimpleName());
    }
    System.exit(0);
  }
}
