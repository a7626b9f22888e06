package io.langfuse4j.instrumentation.bedrock;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the oldest version that is supported does not know yet. */
class ReasoningTest extends TracedTest {

  @Test
  @Requirement("R4")
  void reasoning_isKeptApartFromTheText() {
    provider.json(
        200,
        BedrockWire.conversation(
            "{\"reasoningContent\":{\"reasoningText\":{\"text\":\"A greeting.\"}}},"
                + "{\"text\":\"Hello Ada.\"}",
            "end_turn"));

    LangfuseBedrock.builder(langfuse)
        .wrap(held(BedrockChat.client(provider.url())))
        .converse(BedrockChat.request(false));

    assertThat(fields(theSpan()).get("output"))
        .isEqualTo(
            Map.of(
                "role", "assistant",
                "content", "Hello Ada.",
                "reasoning_content", "A greeting."));
  }
}
