package io.langfuse4j.instrumentation.genai;

import io.langfuse4j.instrumentation.ModelCall;
import io.opentelemetry.context.Context;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.EventListener;

/**
 * Remembers the context in which a call was made. Interceptors of asynchronous calls run on
 * OkHttp's threads; a factory of listeners is asked on the thread of the caller.
 */
final class Callers implements EventListener.Factory {

  private final EventListener.Factory next;
  private final Map<Call, Context> contexts = Collections.synchronizedMap(new WeakHashMap<>());

  Callers(EventListener.Factory next) {
    this.next = next;
  }

  @Override
  public EventListener create(Call call) {
    Context context = ModelCall.contextOfCaller();
    if (context != Context.root()) {
      contexts.put(call, context);
    }
    return next.create(call);
  }

  /** The context of the caller; the root if there was none. */
  Context of(Call call) {
    Context context = contexts.remove(call);
    return context == null ? Context.root() : context;
  }
}
