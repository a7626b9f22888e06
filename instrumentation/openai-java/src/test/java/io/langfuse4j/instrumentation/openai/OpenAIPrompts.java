package io.langfuse4j.instrumentation.openai;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Langfuse;
import io.langfuse4j.prompt.ChatPrompt;
import java.util.Map;

/** The part of {@code docs/prompts.md} about openai-java. */
final class OpenAIPrompts {

  private OpenAIPrompts() {}

  static ChatCompletion answer(Langfuse langfuse, OpenAIClient client, String question) {
    // tag::openai[]
    ChatPrompt prompt = langfuse.prompts().getChat("support");
    ChatCompletionCreateParams params =
        ChatCompletionCreateParams.builder()
            .model("gpt-4o")
            .messages(LangfuseOpenAI.messages(prompt.compile(Map.of("question", question))))
            .build();
    ChatCompletion answer =
        LangfuseOpenAI.with(
            o -> o.prompt(prompt), () -> client.chat().completions().create(params));
    // end::openai[]
    return answer;
  }
}
