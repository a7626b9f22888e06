package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.Guard;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationView;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Turns observations of Spring AI into Langfuse's. Started where the observation starts, current
 * where it is, ended where it stops. Thread-safe.
 */
final class SpringAiHandler implements ObservationHandler<Observation.Context> {

  private static final String SCOPES = SpringAiHandler.class.getName() + ".scopes";

  private final Supplier<Langfuse> langfuse;
  private final List<Reader> readers = Reader.available();

  SpringAiHandler(Supplier<Langfuse> langfuse) {
    this.langfuse = langfuse;
  }

  @Override
  public boolean supportsContext(Observation.Context context) {
    return reader(context) != null;
  }

  private @Nullable Reader reader(Observation.Context context) {
    for (Reader reader : readers) {
      if (reader.reads(context)) {
        return reader;
      }
    }
    return null;
  }

  @Override
  public void onStart(Observation.Context context) {
    Guard.run("start", () -> start(context));
  }

  @SuppressWarnings("try") // the scope is the point
  private void start(Observation.Context context) {
    Reader reader = reader(context);
    Langfuse client = langfuse.get();
    if (reader == null || !client.isEnabled() || context.get(SpringAiHandler.class) != null) {
      return;
    }
    context.put(SpringAiHandler.class, this);
    ObservationView above = context.getParentObservation();
    Step parent = above == null ? ReactiveParent.step() : Step.nearest(above.getContextView());
    try (Scope scope = Step.contextBelow(parent).makeCurrent()) {
      context.put(Step.class, reader.start(client, context, parent));
    }
  }

  /** Of several handlers in a registry, the starter's and the agent's, the first one observes. */
  private @Nullable Step started(Observation.Context context) {
    return context.get(SpringAiHandler.class) == this ? context.get(Step.class) : null;
  }

  @Override
  @SuppressWarnings("MustBeClosedChecker") // closed when the observation's scope is
  public void onScopeOpened(Observation.Context context) {
    Step step = started(context);
    if (step != null) {
      Scopes before = context.get(SCOPES);
      context.put(SCOPES, new Scopes(step.makeCurrent(), before));
    }
  }

  /** The scopes that are open, the last one first. */
  private record Scopes(Scope scope, @Nullable Scopes before) {}

  @Override
  public void onScopeClosed(Observation.Context context) {
    Scopes open = context.get(SCOPES);
    if (open != null && started(context) != null) {
      if (open.before() == null) {
        context.remove(SCOPES);
      } else {
        context.put(SCOPES, open.before());
      }
      open.scope().close();
    }
  }

  @Override
  public void onStop(Observation.Context context) {
    Step step = started(context);
    Reader reader = reader(context);
    if (step != null && reader != null) {
      Guard.run("stop", () -> reader.stop(context, step));
    }
  }
}
