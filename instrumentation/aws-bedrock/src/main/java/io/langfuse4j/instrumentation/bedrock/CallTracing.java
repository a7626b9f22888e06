package io.langfuse4j.instrumentation.bedrock;

import static io.langfuse4j.ObservationType.EMBEDDING;
import static io.langfuse4j.ObservationType.GENERATION;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.ServiceTracing;
import io.langfuse4j.instrumentation.StreamedAnswer;
import io.langfuse4j.instrumentation.StreamedCall;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.bedrockruntime.model.ConverseStreamResponseHandler;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelWithResponseStreamResponseHandler;

/**
 * Makes an observation of a call and follows its answer, whichever way that comes.
 *
 * <p>Thread-safe.
 */
final class CallTracing extends ServiceTracing {

  private static final Set<String> TRACED =
      Set.of("converse", "converseStream", "invokeModel", "invokeModelWithResponseStream");

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;

  CallTracing(Supplier<Langfuse> langfuse, ModelCallOptions options) {
    this.langfuse = langfuse;
    this.options = options;
  }

  /** Of every method there is one that takes a lambda for the request and calls the other. */
  @Override
  protected Route decide(Method method) {
    if (!TRACED.contains(method.getName())) {
      return Route.PASSED_ON;
    }
    return method.getParameterTypes()[0] == Consumer.class ? Route.CONVENIENCE : Route.TRACED;
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  protected @Nullable Object trace(
      Method method, @Nullable Object @Nullable [] args, Invocation invocation) throws Throwable {
    if (args == null || !(args[0] instanceof SdkPojo request)) {
      return invocation.proceed(args);
    }
    Reader reader = method.getName().startsWith("converse") ? new Converse() : Invoke.of(request);
    ModelCall call =
        reader.isEmbedding()
            ? ModelCall.start(langfuse, "Bedrock-embedding", EMBEDDING, options)
            : ModelCall.start(langfuse, "Bedrock-generation", GENERATION, options);
    if (!call.isActive()) {
      return invocation.proceed(args);
    }
    call.request(described -> reader.request(described, request));
    StreamedCall<Object> streamed = args.length > 1 ? streamed(call, reader.streamed()) : null;
    @Nullable Object[] passed = streamed == null ? args : following(args, streamed);
    Object result;
    try (Scope scope = call.makeCurrent()) {
      result = invocation.proceed(passed);
    } catch (Throwable t) {
      Failures.fail(call, t);
      throw t;
    }
    return followed(call, streamed, reader, result);
  }

  private static StreamedCall<Object> streamed(ModelCall call, StreamedAnswer<Object> answer) {
    return new StreamedCall<>(call, answer, thrown -> Failures.fail(call, thrown));
  }

  /** The same arguments, with a handler that passes everything on to the application's. */
  private static @Nullable Object[] following(
      @Nullable Object[] args, StreamedCall<Object> streamed) {
    @Nullable Object[] changed = args.clone();
    Context caller = Context.current();
    if (args[1] instanceof ConverseStreamResponseHandler handler) {
      changed[1] = new Handlers.OfConverse(handler, streamed, caller);
    } else if (args[1] instanceof InvokeModelWithResponseStreamResponseHandler handler) {
      changed[1] = new Handlers.OfInvoke(handler, streamed, caller);
    }
    return changed;
  }

  @SuppressWarnings("FutureReturnValueIgnored") // it is the result
  private static @Nullable Object followed(
      ModelCall call,
      @Nullable StreamedCall<Object> streamed,
      Reader reader,
      @Nullable Object result) {
    if (result instanceof CompletableFuture<?> future) {
      return call.follow(
          future,
          answer -> answered(call, streamed, reader, answer),
          thrown -> Failures.fail(call, thrown));
    }
    return answered(call, streamed, reader, result);
  }

  private static @Nullable Object answered(
      ModelCall call,
      @Nullable StreamedCall<Object> streamed,
      Reader reader,
      @Nullable Object answer) {
    if (streamed != null) {
      // Where the stream was read to its end, the handler has said so before.
      streamed.closeEarly();
    } else if (answer instanceof SdkPojo model) {
      call.succeed(response -> reader.response(response, model));
    } else {
      call.succeed();
    }
    return answer;
  }
}
