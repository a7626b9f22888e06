package io.langfuse4j.reactor;

import io.micrometer.context.ThreadLocalAccessor;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets Reactor restore the OpenTelemetry context, and with it the current observation, on whatever
 * thread an operator runs. Works where automatic context propagation is on: {@code
 * Hooks.enableAutomaticContextPropagation()}, or {@code spring.reactor.context-propagation=auto}.
 */
public final class OpenTelemetryContextAccessor implements ThreadLocalAccessor<Context> {

  static final String KEY = "langfuse.opentelemetry-context";

  /** The scopes this thread has opened here, innermost first. */
  private static final ThreadLocal<Deque<Scope>> SCOPES = ThreadLocal.withInitial(ArrayDeque::new);

  @Override
  public Object key() {
    return KEY;
  }

  @Override
  public @Nullable Context getValue() {
    Context current = Context.current();
    return current == Context.root() ? null : current;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed by restore
  public void setValue(Context value) {
    SCOPES.get().push(value.makeCurrent());
  }

  /** Nothing was current where the work comes from. */
  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed by restore
  public void setValue() {
    SCOPES.get().push(Context.root().makeCurrent());
  }

  @Override
  public void restore(Context previous) {
    close();
  }

  @Override
  public void restore() {
    close();
  }

  private static void close() {
    Deque<Scope> scopes = SCOPES.get();
    Scope innermost = scopes.poll();
    if (innermost != null) {
      innermost.close();
    }
    if (scopes.isEmpty()) {
      SCOPES.remove();
    }
  }
}
