package io.langfuse4j.instrumentation;

import io.langfuse4j.LangfuseModelCall;
import io.langfuse4j.LangfuseObservation;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call asks for, as far as it is known when it starts. Received by the lambda that describes
 * it; not thread-safe. Content goes into {@link #input} and nowhere else, so that one switch keeps
 * it at home.
 */
public final class ModelRequest {

  private final LangfuseObservation<?> observation;
  private final Map<String, Object> parameters;

  ModelRequest(LangfuseObservation<?> observation, Map<String, Object> parameters) {
    this.observation = observation;
    this.parameters = parameters;
  }

  /** The model that was asked for. */
  public ModelRequest model(@Nullable String model) {
    if (observation instanceof LangfuseModelCall<?> modelCall) {
      modelCall.model(model);
    }
    return this;
  }

  /** Messages, tools, text: all content. Not recorded while content capture is off. */
  public ModelRequest input(@Nullable Object input) {
    observation.input(input);
    return this;
  }

  /** A parameter that the application sent; null is not sent. */
  public ModelRequest parameter(String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value);
    }
    return this;
  }

  /** Something about the call that is not content. */
  public ModelRequest metadata(String key, @Nullable Object value) {
    observation.metadata(key, value);
    return this;
  }
}
