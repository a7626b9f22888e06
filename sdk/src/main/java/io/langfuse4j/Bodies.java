package io.langfuse4j;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs application code inside an active observation and ends it whichever way the code ends. */
final class Bodies {

  private Bodies() {}

  static <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception> T call(
      O observation, ObservationFunction<O, T, X> body) throws X {
    try {
      return body.apply(observation);
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    } finally {
      observation.close();
    }
  }

  static <O extends LangfuseObservation<O>, X extends Exception> void run(
      O observation, ObservationTask<O, X> body) throws X {
    try {
      body.run(observation);
    } catch (Throwable t) {
      observation.fail(t);
      throw t;
    } finally {
      observation.close();
    }
  }

  /** Current while {@code body} starts the work, ended when the stage it returns completes. */
  static <O extends LangfuseObservation<O>, T extends @Nullable Object, X extends Exception>
      CompletionStage<T> callAsync(
          O observation, ObservationFunction<O, CompletionStage<T>, X> body) throws X {
    CompletionStage<T> stage;
    try {
      stage = body.apply(observation);
    } catch (Throwable t) {
      observation.fail(t);
      observation.close();
      throw t;
    }
    observation.deactivate();
    if (stage == null) {
      observation.end();
      return stage;
    }
    return new ObservedFuture<>(observation, stage);
  }
}
