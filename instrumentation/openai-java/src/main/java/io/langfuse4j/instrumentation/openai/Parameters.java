package io.langfuse4j.instrumentation.openai;

import io.langfuse4j.instrumentation.ModelRequest;
import java.util.Map;
import java.util.Set;

/** The settings of OpenAI's requests that are objects. */
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
    request.parameters(rest, SETTINGS);
  }
}
