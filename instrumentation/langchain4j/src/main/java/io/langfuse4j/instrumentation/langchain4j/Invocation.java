package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.invocation.InvocationContext;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.instrumentation.Guard;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One call of an AI service, from its start to its one end. Found again by the id that LangChain4j
 * gives it, for as long as LangChain4j holds that id.
 *
 * <p>Thread-safe. The scope of a blocking call is closed by the thread that opened it.
 */
final class Invocation {

  private static final Map<UUID, Invocation> RUNNING =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** The service whose streaming model is about to be called on this thread. */
  private static final ThreadLocal<@Nullable Invocation> ISSUING = new ThreadLocal<>();

  /** The blocking call that this thread is in. */
  private static final ThreadLocal<@Nullable Invocation> HERE = new ThreadLocal<>();

  private final LangfuseObservation<?> observation;
  private final Context context;
  private final @Nullable Invocation outer = HERE.get();
  private final @Nullable Scope scope;
  private final Thread thread = Thread.currentThread();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Set<ToolExecutionRequest> observedTools =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  @SuppressWarnings({"try", "MustBeClosedChecker"}) // closed at the end of the invocation
  private Invocation(LangfuseObservation<?> observation, boolean blocking) {
    this.observation = observation;
    try (Scope current = observation.makeCurrent()) {
      this.context = Context.current();
    }
    this.scope = blocking ? context.makeCurrent() : null;
    if (blocking) {
      HERE.set(this);
    }
  }

  static Invocation start(UUID id, LangfuseObservation<?> observation, boolean blocking) {
    Invocation started = new Invocation(observation, blocking);
    RUNNING.put(id, started);
    return started;
  }

  static @Nullable Invocation of(@Nullable InvocationContext context) {
    return context == null || context.invocationId() == null
        ? null
        : RUNNING.get(context.invocationId());
  }

  /** Null if it is not, or no longer, known. */
  static @Nullable Context contextOf(@Nullable InvocationContext context) {
    Invocation invocation = of(context);
    return invocation == null ? null : invocation.context;
  }

  Context context() {
    return context;
  }

  LangfuseObservation<?> observation() {
    return observation;
  }

  /** The model is called next on this thread. */
  void issue() {
    ISSUING.set(this);
  }

  /** The service that asks, once; null if it is the application itself. */
  static @Nullable Invocation issuing() {
    Invocation asker = ISSUING.get();
    ISSUING.remove();
    return asker;
  }

  /** The tool call has an observation of its own. */
  void observed(ToolExecutionRequest request) {
    observedTools.add(request);
  }

  boolean hasObserved(ToolExecutionRequest request) {
    return observedTools.contains(request);
  }

  void complete(@Nullable Object output) {
    end(() -> observation.output(output));
  }

  /** Ends because the application wants no more, of which LangChain4j tells nobody. */
  void closeEarly(@Nullable Object received) {
    end(() -> observation.output(received).statusMessage("Closed before the end."));
  }

  void fail(Throwable thrown) {
    end(() -> observation.fail(thrown));
  }

  /**
   * Ends the blocking call that this thread is in: LangChain4j tells its listeners of exceptions,
   * not of errors.
   */
  static void failHere(Error error) {
    Invocation here = HERE.get();
    if (here != null) {
      here.fail(error);
    }
  }

  private void end(Runnable outcome) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    Guard.run("outcome", outcome);
    if (scope != null && Thread.currentThread() == thread) {
      scope.close();
      restoreOuter();
    }
    observation.end();
  }

  private void restoreOuter() {
    if (outer == null) {
      HERE.remove();
    } else {
      HERE.set(outer);
    }
  }
}
