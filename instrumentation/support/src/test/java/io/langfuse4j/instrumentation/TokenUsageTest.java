package io.langfuse4j.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Requirement("R5")
class TokenUsageTest {

  @Test
  void chat_takesDetailsOutOfTheirSide() {
    assertThat(
            TokenUsage.buckets(
                Map.of(
                    "prompt_tokens", 100,
                    "completion_tokens", 80,
                    "total_tokens", 180,
                    "prompt_tokens_details", Map.of("cached_tokens", 60, "audio_tokens", 10),
                    "completion_tokens_details",
                        Map.of("reasoning_tokens", 30, "accepted_prediction_tokens", 5))))
        .isEqualTo(
            Map.of(
                "input", 30L,
                "input_cached_tokens", 60L,
                "input_audio_tokens", 10L,
                "output", 45L,
                "output_reasoning_tokens", 30L,
                "output_accepted_prediction_tokens", 5L,
                "total", 180L));
  }

  @Test
  void responses_takesDetailsOutOfTheirSide() {
    assertThat(
            TokenUsage.buckets(
                Map.of(
                    "input_tokens", 36,
                    "input_tokens_details", Map.of("cached_tokens", 6),
                    "output_tokens", 87,
                    "output_tokens_details", Map.of("reasoning_tokens", 64),
                    "total_tokens", 123)))
        .isEqualTo(
            Map.of(
                "input", 30L,
                "input_cached_tokens", 6L,
                "output", 23L,
                "output_reasoning_tokens", 64L,
                "total", 123L));
  }

  @Test
  void detailsOfZero_haveNoBucket() {
    assertThat(
            TokenUsage.buckets(
                Map.of("prompt_tokens", 8, "prompt_tokens_details", Map.of("cached_tokens", 0))))
        .isEqualTo(Map.of("input", 8L));
  }

  @Test
  void textTokens_stayInputAndOutput() {
    assertThat(
            TokenUsage.buckets(
                Map.of(
                    "input_tokens",
                    50,
                    "input_tokens_details",
                    Map.of("text_tokens", 10, "image_tokens", 40))))
        .isEqualTo(Map.of("input", 10L, "input_image_tokens", 40L));
  }

  @Test
  void detailsBeyondTheirSide_neverMakeItNegative() {
    assertThat(
            TokenUsage.buckets(
                Map.of("prompt_tokens", 5, "prompt_tokens_details", Map.of("cached_tokens", 9))))
        .isEqualTo(Map.of("input", 0L, "input_cached_tokens", 9L));
  }

  @Test
  void embedding_isInputOnly() {
    assertThat(TokenUsage.buckets(Map.of("prompt_tokens", 8, "total_tokens", 8)))
        .isEqualTo(Map.of("input", 8L, "total", 8L));
  }

  @Test
  void duration_isWholeSeconds() {
    assertThat(TokenUsage.buckets(Map.of("type", "duration", "seconds", 9.2)))
        .isEqualTo(Map.of("input_seconds", 10L));
  }

  @Test
  void cost_isTheOneThatWasReported() {
    assertThat(TokenUsage.cost(Map.of("cost", 0.0042))).isEqualTo(new BigDecimal("0.0042"));
    assertThat(TokenUsage.cost(Map.of("prompt_tokens", 1))).isNull();
  }
}
