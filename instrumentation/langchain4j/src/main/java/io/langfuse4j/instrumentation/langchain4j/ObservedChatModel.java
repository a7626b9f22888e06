package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.GENERATION;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import java.util.List;
import java.util.Set;

/**
 * Observes every call. All ways of asking arrive at {@link #doChat}, merged with the model's
 * defaults; the model then calls its own listeners. Thread-safe if the model is.
 */
final class ObservedChatModel implements ChatModel {

  private final ChatModel model;
  private final Calls calls;

  ObservedChatModel(ChatModel model, Calls calls) {
    this.model = model;
    this.calls = calls;
  }

  @Override
  public ChatResponse doChat(ChatRequest request) {
    try {
      return calls.observe(
          ChatReader.NAME,
          GENERATION,
          description -> ChatReader.request(description, request, model.provider()),
          () -> model.chat(request),
          ChatReader::response);
    } catch (Error e) {
      Invocation.failHere(e);
      throw e;
    }
  }

  @Override
  public ChatRequestParameters defaultRequestParameters() {
    return model.defaultRequestParameters();
  }

  /** None, because the model calls its own. */
  @Override
  public List<ChatModelListener> listeners() {
    return List.of();
  }

  @Override
  public ModelProvider provider() {
    return model.provider();
  }

  @Override
  public Set<Capability> supportedCapabilities() {
    return model.supportedCapabilities();
  }

  @Override
  public String toString() {
    return "Langfuse(" + model + ")";
  }
}
