package io.langfuse4j.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@Requirement({"R3", "R4"})
class MessagesTest {

  @Test
  void message_withoutContent_hasOnlyItsRole() {
    assertThat(Messages.message("user", "Hello?"))
        .isEqualTo(Map.of("role", "user", "content", "Hello?"));
    assertThat(Messages.message("assistant", null)).isEqualTo(Map.of("role", "assistant"));
  }

  @Test
  void toolCallAndResult_areLinkedByTheId() {
    assertThat(Messages.toolCall("call_1", "weather", null))
        .isEqualTo(
            Map.of(
                "id", "call_1",
                "type", "function",
                "function", Map.of("name", "weather", "arguments", "")));
    assertThat(Messages.toolResult("call_1", "weather", "15°C"))
        .isEqualTo(
            Map.of("role", "tool", "content", "15°C", "tool_call_id", "call_1", "name", "weather"));
  }

  @Test
  void parts_ofTextAndImage() {
    String image = Messages.dataUri("image/png", "QUJD");
    assertThat(List.of(Messages.textPart("What is this?"), Messages.imagePart(image)))
        .isEqualTo(
            List.of(
                Map.of("type", "text", "text", "What is this?"),
                Map.of(
                    "type",
                    "image_url",
                    "image_url",
                    Map.of("url", "data:image/png;base64,QUJD"))));
    assertThat(Messages.dataUri("image/png", image)).isEqualTo(image);
  }

  @Test
  void oneOrAll_isTheFormOfAnOutput() {
    assertThat(Messages.oneOrAll(List.of())).isNull();
    assertThat(Messages.oneOrAll(List.of("a"))).isEqualTo("a");
    assertThat(Messages.oneOrAll(List.of("a", "b"))).isEqualTo(List.of("a", "b"));
  }
}
