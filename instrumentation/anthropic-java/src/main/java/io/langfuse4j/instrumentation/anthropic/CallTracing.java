package io.langfuse4j.instrumentation.anthropic;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.ServiceTracing;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of a call and hands its result on, replaced by one that is followed where it
 * is not there yet.
 *
 * <p>Thread-safe.
 */
final class CallTracing extends ServiceTracing {

  /** The service for messages: blocking, asynchronous, raw, beta. */
  private static final Pattern MESSAGES =
      Pattern.compile(
          "com\\.anthropic\\.services\\.(?:blocking|async)\\.(?:beta\\.)?MessageService"
              + "(?:Async)?(?:\\$WithRawResponse)?");

  /** What they return creates messages by itself. */
  private static final Set<String> TAKES_TURNS = Set.of("toolRunner", "thread");

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;

  CallTracing(Supplier<Langfuse> langfuse, ModelCallOptions options) {
    this.langfuse = langfuse;
    this.options = options;
  }

  @Override
  protected Route decide(Method method) {
    if (isService(method.getReturnType())) {
      return Route.SERVICE;
    }
    if (!MESSAGES.matcher(method.getDeclaringClass().getName()).matches()) {
      return Route.PASSED_ON;
    }
    boolean creates = method.getName().startsWith("create");
    boolean takesTurns = TAKES_TURNS.contains(method.getName());
    if (!creates && !takesTurns) {
      return Route.PASSED_ON;
    }
    if (method.isDefault()) {
      return Route.CONVENIENCE;
    }
    return takesTurns ? Route.CALLS_BACK : Route.TRACED;
  }

  private static boolean isService(Class<?> type) {
    return type.isInterface()
        && (type.getName().startsWith("com.anthropic.services.")
            || type.getName().startsWith("com.anthropic.client."));
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  protected @Nullable Object trace(
      Method method, @Nullable Object @Nullable [] args, Invocation invocation) throws Throwable {
    ModelCall call =
        ModelCall.start(langfuse, "Anthropic-generation", ObservationType.GENERATION, options);
    if (!call.isActive()) {
      return invocation.proceed(args);
    }
    Object params = args == null || args.length == 0 ? null : args[0];
    call.request(request -> MessageReader.request(request, Json.body(params)));
    Object result;
    try (Scope scope = call.makeCurrent()) {
      result = invocation.proceed(args);
    } catch (Throwable t) {
      Failures.fail(call, t);
      throw t;
    }
    return new Followed(call).of(result);
  }
}
