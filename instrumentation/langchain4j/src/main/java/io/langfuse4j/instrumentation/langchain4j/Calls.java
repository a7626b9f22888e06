package io.langfuse4j.instrumentation.langchain4j;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.opentelemetry.context.Scope;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Starts the observations of model calls, for one client and one set of options. Thread-safe. */
final class Calls {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;

  Calls(Supplier<Langfuse> langfuse, ModelCallOptions options) {
    this.langfuse = langfuse;
    this.options = options;
  }

  ModelCall start(String name, ObservationType<?> type) {
    return ModelCall.start(langfuse, name, type, options);
  }

  /** A call that has its answer when it returns. What it throws is recorded and passed on. */
  @SuppressWarnings("try") // the scope is the point
  <T> T observe(
      String name,
      ObservationType<?> type,
      Consumer<ModelRequest> request,
      Supplier<T> body,
      BiConsumer<ModelResponse, T> response) {
    ModelCall call = start(name, type);
    if (!call.isActive()) {
      return body.get();
    }
    call.request(request);
    T answer;
    try (Scope scope = call.makeCurrent()) {
      answer = body.get();
    } catch (Throwable t) {
      Failures.fail(call, t);
      throw t;
    }
    call.succeed(description -> response.accept(description, answer));
    return answer;
  }
}
