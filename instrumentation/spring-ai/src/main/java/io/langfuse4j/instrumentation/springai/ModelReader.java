package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelRequest;
import io.langfuse4j.instrumentation.ModelResponse;
import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.model.observation.ModelObservationContext;

/**
 * Readers of model calls.
 *
 * @param <C> the kind of observation
 */
abstract class ModelReader<C extends ModelObservationContext<?, ?>> implements Reader {

  private final Class<C> type;
  private final String name;
  private final ObservationType<?> observationType;

  ModelReader(Class<C> type, String name, ObservationType<?> observationType) {
    this.type = type;
    this.name = name;
    this.observationType = observationType;
  }

  @Override
  public final boolean reads(Observation.Context context) {
    return type.isInstance(context);
  }

  abstract void describe(ModelRequest request, C context);

  /** Whether a call without a response and without an error was given up. */
  boolean isUnfinished(C context, Step step) {
    return false;
  }

  /** Called also when there is no response, because the model gave none. */
  abstract void describe(ModelResponse response, C context, Step step);

  @Override
  public Step start(Langfuse langfuse, Observation.Context context, @Nullable Step parent) {
    C model = type.cast(context);
    ModelCall call = ModelCall.start(langfuse, name, observationType);
    call.request(
        request -> {
          request.metadata("provider", model.getOperationMetadata().provider());
          describe(request, model);
        });
    return Step.of(call, parent);
  }

  private static @Nullable StreamReading reading(Step step) {
    return step.parent == null ? null : step.parent.conversation().reading;
  }

  @Override
  public void stop(Observation.Context context, Step step) {
    C model = type.cast(context);
    ModelCall call = step.call;
    if (call == null) {
      return;
    }
    Throwable error = context.getError();
    StreamReading reading = reading(step);
    if (error != null && reading != null) {
      // What came before the failure is still being read.
      call.watch(reading);
      reading.atEnd(() -> Failures.fail(call, error));
    } else if (error != null) {
      Failures.fail(call, error);
    } else if (model.getResponse() == null && isUnfinished(model, step)) {
      call.closeEarly();
    } else {
      if (reading != null) {
        // The client reads on another thread; the answer may be complete before it reads anything.
        call.received();
      }
      call.succeed(response -> describe(response, model, step));
    }
  }
}
