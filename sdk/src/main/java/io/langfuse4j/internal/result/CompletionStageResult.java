package io.langfuse4j.internal.result;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A stage is given back itself, so that completing, cancelling and comparing it mean what they
 * meant without us.
 */
final class CompletionStageResult implements ResultStrategy {

  @Override
  public boolean handles(Class<?> type) {
    return CompletionStage.class.isAssignableFrom(type);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // the derived stage has no other use
  public Object observe(Object result, @Nullable Class<?> declared, OpenObservation observation) {
    CompletionStage<?> stage = (CompletionStage<?>) result;
    observation.watch(stage);
    if (stage instanceof CompletableFuture<?> future && !future.isDone()) {
      PendingStages.add(future, observation);
    }
    stage.whenComplete((value, thrown) -> PendingStages.end(observation, value, thrown));
    return result;
  }
}
