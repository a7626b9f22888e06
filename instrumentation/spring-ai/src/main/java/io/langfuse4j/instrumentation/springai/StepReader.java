package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.instrumentation.Guard;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Readers of what is not a model call.
 *
 * @param <C> the kind of observation
 */
abstract class StepReader<C extends Observation.Context> implements Reader {

  private final Class<C> type;

  StepReader(Class<C> type) {
    this.type = type;
  }

  @Override
  public final boolean reads(Observation.Context context) {
    return type.isInstance(context);
  }

  final C cast(Observation.Context context) {
    return type.cast(context);
  }

  /** What came out, as far as it is known. */
  abstract @Nullable Object output(C context);

  @Override
  public final void stop(Observation.Context context, Step step) {
    LangfuseObservation<?> observation = step.observation;
    if (observation == null) {
      return;
    }
    Guard.run("output", () -> observation.output(output(cast(context))));
    Throwable error = context.getError();
    if (error != null) {
      observation.fail(error);
    }
    observation.end();
  }
}
