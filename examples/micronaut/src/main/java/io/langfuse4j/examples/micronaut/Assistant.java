package io.langfuse4j.examples.micronaut;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Langfuse;
import jakarta.inject.Singleton;

/** Answers questions, each in a trace of its own. */
@Singleton
public final class Assistant {

  private final Langfuse langfuse;
  private final OpenAIClient client;

  Assistant(Langfuse langfuse, OpenAIClient client) {
    this.langfuse = langfuse;
    this.client = client;
  }

  /** The model's answer; empty if it has none. */
  public String answer(String question) {
    return langfuse.observe(
        "answer",
        span -> {
          span.input(question);
          String answer = ask(question);
          span.output(answer);
          return answer;
        });
  }

  private String ask(String question) {
    return client
        .chat()
        .completions()
        .create(
            ChatCompletionCreateParams.builder().model("gpt-4o").addUserMessage(question).build())
        .choices()
        .get(0)
        .message()
        .content()
        .orElse("");
  }
}
