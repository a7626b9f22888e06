package io.langfuse4j.async;

import io.langfuse4j.internal.observed.SuspendedCall;
import io.langfuse4j.internal.observed.SuspendingCalls;
import java.lang.reflect.Field;
import java.util.Optional;
import kotlin.Result;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlin.coroutines.jvm.internal.BaseContinuationImpl;
import org.jspecify.annotations.Nullable;

/** Kotlin's {@code suspend} functions. */
public final class KotlinSuspension implements SuspendingCalls {

  /** Where the state machine of a function is; its highest bit says that the function goes on. */
  private static final ClassValue<Optional<Field>> LABEL =
      new ClassValue<>() {
        @Override
        protected Optional<Field> computeValue(Class<?> type) {
          try {
            Field label = type.getDeclaredField("label");
            label.setAccessible(true);
            return label.getType() == int.class ? Optional.of(label) : Optional.empty();
          } catch (NoSuchFieldException | RuntimeException notAStateMachine) {
            return Optional.empty();
          }
        }
      };

  @Override
  public boolean isResumption(Object continuation) {
    return continuation instanceof BaseContinuationImpl
        && LABEL
            .get(continuation.getClass())
            .map(label -> goesOn(label, continuation))
            .orElse(false);
  }

  private static boolean goesOn(Field label, Object continuation) {
    try {
      return label.getInt(continuation) < 0;
    } catch (IllegalAccessException e) {
      return false;
    }
  }

  @Override
  @SuppressWarnings("unchecked") // every continuation takes objects
  public Object observed(Object continuation, SuspendedCall call) {
    Continuation<Object> caller = (Continuation<Object>) continuation;
    CoroutineContext inside = KotlinContext.with(caller.getContext(), call.inside());
    ObservedContinuation observed = new ObservedContinuation(caller, inside, call);
    call.watch(observed);
    return observed;
  }

  @Override
  public boolean isSuspended(Object result) {
    return result == IntrinsicsKt.getCOROUTINE_SUSPENDED();
  }

  @Override
  public boolean isNothing(@Nullable Object result) {
    return result == Unit.INSTANCE;
  }

  /** Hears of the end, and takes the caller back to where it was. */
  private record ObservedContinuation(
      Continuation<Object> caller, CoroutineContext context, SuspendedCall call)
      implements Continuation<Object> {

    @Override
    public CoroutineContext getContext() {
      return context;
    }

    @Override
    public void resumeWith(Object result) {
      Object passedOn = result;
      if (result instanceof Result.Failure failure) {
        call.failed(failure.exception);
      } else {
        passedOn = call.returned(result);
      }
      KotlinContext.resume(caller, passedOn, call.outside());
    }
  }
}
