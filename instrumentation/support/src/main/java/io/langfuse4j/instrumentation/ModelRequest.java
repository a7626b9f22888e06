package io.langfuse4j.instrumentation;

import io.langfuse4j.LangfuseModelCall;
import io.langfuse4j.LangfuseObservation;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
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

  /**
   * What is left of a request when its content is taken out, as parameters: plain values, and those
   * that are known to be settings. Objects that nobody knows yet may be content and are left out.
   * The provider's own {@code metadata} becomes metadata of the observation.
   */
  public ModelRequest parameters(Map<String, ?> rest, Set<String> settings) {
    rest.forEach(
        (name, value) -> {
          if (name.equals("metadata")) {
            metadata("request_metadata", value);
          } else if (isPlain(value) || settings.contains(name)) {
            parameter(name, value);
          }
        });
    return this;
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Collection<?> items && items.stream().allMatch(ModelRequest::isPlain);
  }

  /** Something about the call that is not content. */
  public ModelRequest metadata(String key, @Nullable Object value) {
    observation.metadata(key, value);
    return this;
  }
}
