package io.langfuse4j.weaving;

import io.langfuse4j.internal.observed.Woven;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import org.jspecify.annotations.Nullable;

/**
 * The code that goes into an observed method. Inlined, never run here, so that the method's own
 * class loader finds the SDK.
 */
final class ObserveAdvice {

  private ObserveAdvice() {}

  @Advice.OnMethodEnter
  static @Nullable Object enter(
      @Advice.Origin Class<?> type,
      @Advice.Origin("#m#d") String method,
      @Advice.AllArguments @Nullable Object[] arguments) {
    return Woven.isOn() ? Woven.enter(type, method, arguments) : null;
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
