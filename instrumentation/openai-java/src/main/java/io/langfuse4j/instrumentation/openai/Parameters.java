package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a request are parameters: what is left when the content is taken out, if it is a plain
 * value or known to be settings. Objects that nobody knows yet may be content and are left out.
 */
final class Parameters {

  private static final Set<String> SETTINGS =
      Set.of(
          "audio",
          "conversation",
          "input_audio_noise_reduction",
          "logit_bias",
          "reasoning",
          "stream_options",
          "text",
          "tool_choice",
          "turn_detection",
          "chunking_strategy");

  private Parameters() {}

  static void add(ModelRequest request, Map<String, Object> rest) {
    Object metadata = rest.remove("metadata");
    request.metadata("request_metadata", metadata);
    rest.forEach(
        (name, value) -> {
          if (isPlain(value) || SETTINGS.contains(name)) {
            request.parameter(name, value);
          }
        });
  }

  private static boolean isPlain(@Nullable Object value) {
    return value instanceof String
        || value instanceof Number
        || value instanceof Boolean
        || value instanceof Collection<?> items && items.stream().allMatch(Parameters::isPlain);
  }
}
