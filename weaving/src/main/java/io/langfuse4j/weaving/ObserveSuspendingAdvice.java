package io.langfuse4j.weaving;

import io.langfuse4j.internal.observed.Woven;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * The code that goes into an observed method which the Kotlin compiler made of a {@code suspend}
 * function. It is entered anew whenever the function goes on, and gets a continuation of ours.
 */
final class ObserveSuspendingAdvice {

  private ObserveSuspendingAdvice() {}

  @Advice.OnMethodEnter
  @SuppressWarnings({"UnusedAssignment", "UnusedVariable", "NullAway"}) // assigns the arguments
  static @Nullable Object enter(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#d") String method,
      @Advice.AllArguments(readOnly = false, typing = Assigner.Typing.DYNAMIC)
          @Nullable Object[] arguments) {
    if (!Woven.isOn()) {
      return null;
    }
    Object[] changed = arguments;
    Object call = Woven.enter(type, method, changed);
    if (call != null) {
      arguments = changed;
    }
    return call;
  }

  @Advice.OnMethodExit(onThrowable = Throwable.class)
  @SuppressWarnings({"ParameterNotNullable", "UnusedAssignment", "UnusedVariable"})
  static void exit(
      @Advice.Enter @Nullable Object call,
      @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) @Nullable Object result,
      @Advice.Thrown @Nullable Throwable thrown) {
    if (call != null) {
      if (thrown == null) {
        result = Woven.returned(call, result);
      } else {
        Woven.failed(call, thrown);
      }
    }
  }
}
