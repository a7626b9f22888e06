package io.langfuse4j.instrumentation;

import io.langfuse4j.LangfuseModelCall;
import io.langfuse4j.LangfuseObservation;
import io.langfuse4j.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came back, whole or as far as it was received. Received by the lambda that describes it; not
 * thread-safe. Content goes into {@link #output} and nowhere else.
 */
public final class ModelResponse {

  private final LangfuseObservation<?> observation;
  private final Map<String, Object> parameters;
  private final List<String> finishReasons = new ArrayList<>(1);

  ModelResponse(LangfuseObservation<?> observation, Map<String, Object> parameters) {
    this.observation = observation;
    this.parameters = parameters;
  }

  /** The model that answered; replaces the one that was asked for. */
  public ModelResponse model(@Nullable String model) {
    if (model != null && !model.isEmpty() && observation instanceof LangfuseModelCall<?> call) {
      call.model(model);
    }
    return this;
  }

  /** The answer. Not recorded while content capture is off. */
  public ModelResponse output(@Nullable Object output) {
    observation.output(output);
    return this;
  }

  /**
   * Usage in the provider's own shape, with totals that include the details; see {@link
   * TokenUsage}. A cost in it is recorded too.
   */
  public ModelResponse usage(@Nullable Map<?, ?> reported) {
    if (reported != null && observation instanceof LangfuseModelCall<?> call) {
      Map<String, Long> buckets = TokenUsage.buckets(reported);
      if (!buckets.isEmpty()) {
        call.usage(buckets);
      }
      call.cost(TokenUsage.cost(reported));
    }
    return this;
  }

  /** Usage in buckets that do not overlap, for what {@link #usage} does not know. */
  public ModelResponse usageBuckets(Map<String, Long> buckets) {
    if (!buckets.isEmpty() && observation instanceof LangfuseModelCall<?> call) {
      call.usage(buckets);
    }
    return this;
  }

  /** Why the model stopped; called once for each answer, in order. */
  public ModelResponse finishReason(@Nullable String reason) {
    if (reason != null && !reason.isEmpty()) {
      finishReasons.add(reason);
    }
    return this;
  }

  /** A parameter as the provider applied it, where that differs from what was asked for. */
  public ModelResponse parameter(String name, @Nullable Object value) {
    if (value != null && !value.equals(parameters.put(name, value))) {
      if (observation instanceof LangfuseModelCall<?> call) {
        call.modelParameters(parameters);
      }
    }
    return this;
  }

  /** Something about the answer that is not content. */
  public ModelResponse metadata(String key, @Nullable Object value) {
    observation.metadata(key, value);
    return this;
  }

  /** The provider said that it failed, in an answer that the library does not throw for. */
  public ModelResponse error(@Nullable String message) {
    observation.level(Level.ERROR).statusMessage(message == null ? "The call failed." : message);
    return this;
  }

  /** Writes what was collected. */
  void finish() {
    if (finishReasons.size() == 1) {
      observation.metadata("finish_reason", finishReasons.get(0));
    } else if (!finishReasons.isEmpty()) {
      observation.metadata("finish_reason", finishReasons);
    }
  }
}
