package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.langfuse4j.Langfuse;
import io.langfuse4j.prompt.ChatPrompt;
import io.langfuse4j.prompt.CompiledChat;
import java.util.Map;

/** The part of {@code docs/prompts.md} about LangChain4j. */
final class LangChain4jPrompts {

  private LangChain4jPrompts() {}

  static ChatResponse answer(Langfuse langfuse, ChatModel model, String question) {
    // tag::langchain4j[]
    ChatPrompt prompt = langfuse.prompts().getChat("support");
    CompiledChat chat = prompt.compile(Map.of("question", question));
    ChatResponse answer =
        LangfuseLangChain4j.with(
            o -> o.prompt(prompt), () -> model.chat(LangfuseLangChain4j.messages(chat)));
    // end::langchain4j[]
    return answer;
  }
}
