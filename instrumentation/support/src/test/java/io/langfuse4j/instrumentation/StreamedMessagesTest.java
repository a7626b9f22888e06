package io.langfuse4j.instrumentation;

import static org.assertj.core.api.Assertions.assertThat;

import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages are put together from pieces as if they had come whole. */
@Requirement("R4")
class StreamedMessagesTest {

  private final StreamedMessages messages = new StreamedMessages();

  @Test
  void nothing_isNoOutput() {
    assertThat(messages.output()).isNull();
    messages.message(0);
    assertThat(messages.output()).isNull();
  }

  @Test
  void text_isJoined() {
    messages.message(0).role("assistant").text("content", "Hel").text("content", "lo");
    messages.message(0).text("content", null);
    assertThat(messages.output()).isEqualTo(Map.of("role", "assistant", "content", "Hello"));
  }

  @Test
  void emptyText_isKeptOnlyWhereItIsTheAnswer() {
    messages.message(0).text("content", "");
    assertThat(messages.output()).isEqualTo(Map.of("role", "assistant", "content", ""));

    messages.message(0).toolCall(0L, "call_1", "function", "weather", "{}");
    assertThat(messages.output())
        .isEqualTo(
            Map.of(
                "role",
                "assistant",
                "tool_calls",
                List.of(Messages.toolCall("call_1", "weather", "{}"))));
  }

  @Test
  void toolCallsByTurns_areKeptApartAndInOrder() {
    messages
        .message(0)
        .toolCall(1L, "call_2", null, "time", "{\"zone\":")
        .toolCall(0L, "call_1", "function", "weather", "{\"city\":")
        .toolCall(1L, null, null, null, "\"UTC\"}")
        .toolCall(0L, null, null, null, "\"Paris\"}");
    assertThat(messages.output())
        .isEqualTo(
            Map.of(
                "role",
                "assistant",
                "tool_calls",
                List.of(
                    Messages.toolCall("call_1", "weather", "{\"city\":\"Paris\"}"),
                    Messages.toolCall("call_2", "time", "{\"zone\":\"UTC\"}"))));
  }

  @Test
  void toolCallWithoutIndex_isTheLastOne() {
    messages
        .message(0)
        .toolCall(null, "call_1", null, "weather", "{")
        .toolCall(null, null, null, null, "}");
    assertThat(messages.output().toString()).contains("arguments={}");
  }

  @Test
  void functionCall_isTheOlderForm() {
    messages.message(0).functionCall("weather", "{\"a\"").functionCall(null, ":1}");
    assertThat(messages.output())
        .isEqualTo(
            Map.of(
                "role",
                "assistant",
                "function_call",
                Map.of("name", "weather", "arguments", "{\"a\":1}")));
  }

  @Test
  void severalAnswers_areAListInTheirOrder() {
    messages.message(1).text("content", "two");
    messages.message(0).text("content", "one");
    assertThat(messages.output())
        .isEqualTo(
            List.of(
                Map.of("role", "assistant", "content", "one"),
                Map.of("role", "assistant", "content", "two")));
  }
}
