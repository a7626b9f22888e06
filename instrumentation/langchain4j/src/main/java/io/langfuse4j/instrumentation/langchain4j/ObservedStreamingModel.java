package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.GENERATION;

import dev.langchain4j.model.ModelProvider;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import io.langfuse4j.instrumentation.ModelCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Set;

/** The streaming counterpart of {@link ObservedChatModel}. */
final class ObservedStreamingModel implements StreamingChatModel {

  private final StreamingChatModel model;
  private final Calls calls;

  ObservedStreamingModel(StreamingChatModel model, Calls calls) {
    this.model = model;
    this.calls = calls;
  }

  @Override
  @SuppressWarnings("try") // the scopes are the point
  public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
    Invocation service = Invocation.issuing();
    Context asker = service == null ? Context.current() : service.context();
    try (Scope asking = asker.makeCurrent()) {
      ModelCall call = calls.start(ChatReader.NAME, GENERATION);
      if (!call.isActive()) {
        model.chat(request, handler);
        return;
      }
      call.request(description -> ChatReader.request(description, request, model.provider()));
      StreamingChatResponseHandler observed = ObservedHandler.wrap(handler, call, asker, service);
      try (Scope scope = call.makeCurrent()) {
        model.chat(request, observed);
      } catch (Throwable t) {
        Failures.fail(call, t);
        throw t;
      }
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
