package io.langfuse4j.instrumentation.openai;

import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.langfuse4j.instrumentation.ServiceTracing;
import io.opentelemetry.context.Scope;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an observation of a call and hands its result on, replaced by one that is followed where it
 * is not there yet.
 *
 * <p>Thread-safe.
 */
final class CallTracing extends ServiceTracing {

  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;
  private final boolean includeStreamUsage;

  CallTracing(Supplier<Langfuse> langfuse, ModelCallOptions options, boolean includeStreamUsage) {
    this.langfuse = langfuse;
    this.options = options;
    this.includeStreamUsage = includeStreamUsage;
  }

  @Override
  protected Route decide(Method method) {
    if (isService(method.getReturnType())) {
      return Route.SERVICE;
    }
    if (Operations.of(method) == null) {
      return Route.PASSED_ON;
    }
    // A convenience that the implementation fills in otherwise would be an abstract method.
    return method.isDefault() ? Route.CONVENIENCE : Route.TRACED;
  }

  private static boolean isService(Class<?> type) {
    return type.isInterface()
        && (type.getName().startsWith("com.openai.services.")
            || type.getName().startsWith("com.openai.client."));
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  protected @Nullable Object trace(
      Method method, @Nullable Object @Nullable [] args, Invocation invocation) throws Throwable {
    Operation operation = Operations.of(method);
    if (operation == null) {
      return invocation.proceed(args);
    }
    ModelCall call = ModelCall.start(langfuse, operation.name(), operation.type(), options);
    if (!call.isActive()) {
      return invocation.proceed(args);
    }
    Object params = args == null || args.length == 0 ? null : args[0];
    call.request(request -> operation.reader().request(request, Json.body(params)));
    Object asking =
        includeStreamUsage && method.getName().endsWith("Streaming")
            ? askingForUsage(params)
            : null;
    Object result;
    try (Scope scope = call.makeCurrent()) {
      result = invocation.proceed(asking == null ? args : withFirst(asking, args));
    } catch (Throwable t) {
      Failures.fail(call, t);
      throw t;
    }
    return new Followed(call, operation.reader(), asking != null).of(result);
  }

  private static @Nullable Object @Nullable [] withFirst(
      Object first, @Nullable Object @Nullable [] args) {
    Object[] changed = args == null ? new Object[1] : args.clone();
    changed[0] = first;
    return changed;
  }

  private static @Nullable ChatCompletionCreateParams askingForUsage(@Nullable Object params) {
    if (params instanceof ChatCompletionCreateParams chat && chat._streamOptions().isMissing()) {
      return chat.toBuilder()
          .streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build())
          .build();
    }
    return null;
  }
}
