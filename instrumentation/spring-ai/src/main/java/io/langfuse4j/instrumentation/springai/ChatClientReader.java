package io.langfuse4j.instrumentation.springai;

import static io.langfuse4j.ObservationType.AGENT;
import static io.langfuse4j.ObservationType.CHAIN;

import io.langfuse4j.Langfuse;
import io.langfuse4j.LangfuseObservation;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.client.ChatClientResponse;
import org.springframework.ai.chat.client.observation.ChatClientObservationContext;
import org.springframework.ai.chat.prompt.Prompt;

/** Calls of chat clients: an agent if it has tools, else a chain. */
final class ChatClientReader extends StepReader<ChatClientObservationContext> {

  private static final String NAME = "chat-client";

  ChatClientReader() {
    super(ChatClientObservationContext.class);
  }

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    Prompt prompt = cast(context).getRequest().prompt();
    LangfuseObservation<?> observation =
        Tools.of(prompt.getOptions()).isEmpty()
            ? langfuse.startObservation(NAME, CHAIN)
            : langfuse.startObservation(NAME, AGENT);
    observation.input(ChatMessages.all(prompt.getInstructions()));
    Object conversation = cast(context).getRequest().context().get("chat_memory_conversation_id");
    observation.metadata("conversation_id", conversation);
    return Step.of(observation, parent);
  }

  @Override
  @Nullable Object output(ChatClientObservationContext context) {
    ChatClientResponse response = context.getResponse();
    return response == null ? null : ChatMessages.answer(response.chatResponse());
  }
}
