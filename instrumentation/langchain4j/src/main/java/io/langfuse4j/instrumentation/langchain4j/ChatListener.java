package io.langfuse4j.instrumentation.langchain4j;

import static io.langfuse4j.ObservationType.GENERATION;

import dev.langchain4j.model.chat.listener.ChatModelErrorContext;
import dev.langchain4j.model.chat.listener.ChatModelListener;
import dev.langchain4j.model.chat.listener.ChatModelRequestContext;
import dev.langchain4j.model.chat.listener.ChatModelResponseContext;
import io.langfuse4j.instrumentation.ModelCall;

/**
 * Observes from beside the model. Nothing is made current: a stream ends on another thread than it
 * starts on. Thread-safe.
 */
final class ChatListener implements ChatModelListener {

  private final Calls calls;

  ChatListener(Calls calls) {
    this.calls = calls;
  }

  @Override
  public void onRequest(ChatModelRequestContext context) {
    ModelCall call = calls.start(ChatReader.NAME, GENERATION);
    if (call.isActive()) {
      call.request(
          request -> ChatReader.request(request, context.chatRequest(), context.modelProvider()));
      context.attributes().put(this, call);
      // The library hands the map on for as long as the call lives.
      call.watch(context.attributes());
    }
  }

  @Override
  public void onResponse(ChatModelResponseContext context) {
    if (context.attributes().get(this) instanceof ModelCall call) {
      call.succeed(response -> ChatReader.response(response, context.chatResponse()));
    }
  }

  @Override
  public void onError(ChatModelErrorContext context) {
    if (context.attributes().get(this) instanceof ModelCall call) {
      Failures.fail(call, context.error());
    }
  }
}
