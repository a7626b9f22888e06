package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.PartialThinkingContext;
import dev.langchain4j.model.chat.response.PartialToolCallContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of the application's handler of a stream. A proxy, because the library adds
 * callbacks to the interface, and those must reach the application too. The application is called
 * in the context in which it asked, not in that of the model call. Thread-safe.
 */
final class ObservedHandler implements InvocationHandler {

  private final StreamingChatResponseHandler handler;
  private final StreamedCall<Object> stream;
  private final StreamedChat answer;
  private final Context asker;
  private final @Nullable Invocation service;

  private ObservedHandler(
      StreamingChatResponseHandler handler,
      StreamedCall<Object> stream,
      StreamedChat answer,
      Context asker,
      @Nullable Invocation service) {
    this.handler = handler;
    this.stream = stream;
    this.answer = answer;
    this.asker = asker;
    this.service = service;
  }

  /**
   * @param service what asks, if that is an AI service
   */
  static StreamingChatResponseHandler wrap(
      StreamingChatResponseHandler handler,
      ModelCall call,
      Context asker,
      @Nullable Invocation service) {
    StreamedChat answer = new StreamedChat();
    StreamedCall<Object> stream =
        new StreamedCall<>(call, answer, thrown -> Failures.fail(call, thrown));
    return (StreamingChatResponseHandler)
        Proxy.newProxyInstance(
            ObservedHandler.class.getClassLoader(),
            new Class<?>[] {StreamingChatResponseHandler.class},
            new ObservedHandler(handler, stream, answer, asker, service));
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] args)
      throws Throwable {
    if (method.getDeclaringClass() == Object.class) {
      return objectMethod(proxy, method, args);
    }
    observe(method.getName(), args);
    try (Scope scope = asker.makeCurrent()) {
      return method.invoke(handler, withObservedHandle(args));
    } catch (InvocationTargetException e) {
      throw e.getCause() == null ? e : e.getCause();
    } finally {
      if (method.getName().equals("onError")) {
        failService(args);
      }
    }
  }

  /** Once more, because a service that ignores errors tells its listeners of none. */
  private void failService(@Nullable Object @Nullable [] args) {
    if (service != null && args != null && args[0] instanceof Throwable thrown) {
      service.fail(thrown);
    }
  }

  private void observe(String callback, @Nullable Object @Nullable [] args) {
    Object first = args == null || args.length == 0 ? null : args[0];
    if (first == null) {
      return;
    }
    switch (callback) {
      case "onError" -> stream.fail((Throwable) first);
      case "onCompleteResponse" -> {
        stream.item(first);
        stream.complete();
      }
      default -> stream.item(first);
    }
  }

  /** The last argument lets the application cancel the stream, after which nothing more comes. */
  private @Nullable Object @Nullable [] withObservedHandle(@Nullable Object @Nullable [] args) {
    if (args == null || args.length < 2) {
      return args;
    }
    Object[] changed = args.clone();
    if (args[1] instanceof PartialResponseContext context) {
      changed[1] = new PartialResponseContext(observed(context.streamingHandle()));
    } else if (args[1] instanceof PartialThinkingContext context) {
      changed[1] = new PartialThinkingContext(observed(context.streamingHandle()));
    } else if (args[1] instanceof PartialToolCallContext context) {
      changed[1] = new PartialToolCallContext(observed(context.streamingHandle()));
    }
    return changed;
  }

  private StreamingHandle observed(StreamingHandle handle) {
    return new StreamingHandle() {
      @Override
      public void cancel() {
        try {
          handle.cancel();
        } finally {
          if (handle.isCancelled()) {
            closeEarly();
          }
        }
      }

      @Override
      public boolean isCancelled() {
        return handle.isCancelled();
      }
    };
  }

  private void closeEarly() {
    stream.closeEarly();
    if (service != null) {
      service.closeEarly(answer.received());
    }
  }

  private Object objectMethod(Object proxy, Method method, @Nullable Object @Nullable [] args) {
    return switch (method.getName()) {
      case "equals" -> args != null && args[0] == proxy;
      case "hashCode" -> System.identityHashCode(proxy);
      default -> "Langfuse(" + handler + ")";
    };
  }
}
