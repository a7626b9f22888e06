package io.langfuse4j.examples.quarkus;

import com.openai.client.OpenAIClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import io.langfuse4j.Observe;
import jakarta.enterprise.context.ApplicationScoped;

/** Answers questions: an observed method, and inside of it the model's generation. */
@ApplicationScoped
public class Assistant {

  private final OpenAIClient client;

  Assistant(OpenAIClient client) {
    this.client = client;
  }

  @Observe
  public String answer(String question) {
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
