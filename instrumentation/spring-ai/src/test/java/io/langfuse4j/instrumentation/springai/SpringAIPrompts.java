package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.langfuse4j.prompt.ChatPrompt;
import io.langfuse4j.prompt.CompiledChat;
import java.util.Map;
import org.springframework.ai.chat.client.ChatClient;

/** The part of {@code docs/prompts.md} about Spring AI. */
final class SpringAIPrompts {

  private SpringAIPrompts() {}

  static String answer(Langfuse langfuse, ChatClient client, String question) {
    // tag::spring-ai[]
    ChatPrompt prompt = langfuse.prompts().getChat("support");
    CompiledChat chat = prompt.compile(Map.of("question", question));
    String answer =
        LangfuseSpringAI.with(
            o -> o.prompt(prompt),
            () -> client.prompt().messages(LangfuseSpringAI.messages(chat)).call().content());
    // end::spring-ai[]
    return answer;
  }
}
