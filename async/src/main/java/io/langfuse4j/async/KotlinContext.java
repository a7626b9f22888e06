package io.langfuse4j.async;

import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElement;
import org.jspecify.annotations.Nullable;

/** Puts the observation into a coroutine's context, so that it is current on whatever thread. */
final class KotlinContext {

  private static final boolean COROUTINES = isThere("kotlinx.coroutines.ThreadContextElement");

  private KotlinContext() {}

  private static boolean isThere(String className) {
    try {
      Class.forName(className, false, KotlinContext.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  /** Unchanged without kotlinx.coroutines: then nobody would put it into effect. */
  static CoroutineContext with(CoroutineContext coroutine, Context context) {
    return COROUTINES ? coroutine.plus(new ObservationElement(context)) : coroutine;
  }

  /**
   * Resumes a continuation where {@code context} is current. Not within {@code resumeWith} itself:
   * there OpenTelemetry's strict storage takes every scope for one that a coroutine leaves open.
   */
  @SuppressWarnings({"try", "NullAway"}) // the scope is the point; a result may be null
  static void resume(Continuation<?> next, @Nullable Object result, Context context) {
    try (Scope scope = context.makeCurrent()) {
      next.resumeWith(result);
    }
  }

  private static final class ObservationElement extends AbstractCoroutineContextElement
      implements ThreadContextElement<Scope> {

    private static final CoroutineContext.Key<ObservationElement> KEY =
        new CoroutineContext.Key<>() {};

    private final Context context;

    ObservationElement(Context context) {
      super(KEY);
      this.context = context;
    }

    @Override
    @SuppressWarnings("MustBeClosedChecker") // closed by restoreThreadContext
    public Scope updateThreadContext(CoroutineContext coroutine) {
      return context.makeCurrent();
    }

    @Override
    public void restoreThreadContext(CoroutineContext coroutine, Scope scope) {
      scope.close();
    }
  }
}
