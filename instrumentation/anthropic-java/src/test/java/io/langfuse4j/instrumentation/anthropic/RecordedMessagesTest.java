package io.langfuse4j.instrumentation.anthropic;

import static io.langfuse4j.instrumentation.testing.RecordedExchange.map;
import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.MessageCreateParams;
import io.langfuse4j.instrumentation.testing.RecordedExchange;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real exchanges with Anthropic: what is recorded is compared with what was on the wire. */
class RecordedMessagesTest extends TracedTest {

  static List<RecordedExchange> exchanges() {
    return RecordedExchange.with("anthropic");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  @Requirement({"R3", "R4", "R5"})
  void exchange_isRecordedAsItWasOnTheWire(RecordedExchange exchange) {
    try (StubProvider replayed = new StubProvider()) {
      call(exchange, replayed);
      assertThat(replayed.requests().get(0).json()).isEqualTo(exchange.request());
    }

    Map<String, Object> fields = fields(theSpan());
    assertThat(map(fields.get("model.parameters")))
        .containsEntry("max_tokens", exchange.request().get("max_tokens"))
        .containsEntry("temperature", exchange.request().get("temperature"));
    Object asked = map(((List<?>) exchange.request().get("messages")).get(0)).get("content");
    String question = (String) (asked instanceof List<?> p ? map(p.get(0)).get("text") : asked);
    assertThat(fields.get("input").toString()).contains(question);
    check(exchange, fields);
  }

  private void call(RecordedExchange exchange, StubProvider replayed) {
    AnthropicClient client =
        LangfuseAnthropic.builder(langfuse).wrap(held(AnthropicChat.client(replayed.url())));
    if (exchange.streams()) {
      replayed.events(List.of(exchange.answerText()));
      try (StreamResponse<?> stream = client.messages().createStreaming(params(exchange))) {
        stream.stream().forEach(event -> {});
      }
    } else {
      replayed.json(200, exchange.answerText());
      client.messages().create(params(exchange));
    }
  }

  /** The recorded request; what it sets replaces what the builder needs. */
  private static MessageCreateParams params(RecordedExchange exchange) {
    Map<String, JsonValue> all = new LinkedHashMap<>();
    exchange.request().forEach((key, value) -> all.put(key, JsonValue.from(value)));
    return MessageCreateParams.builder()
        .model("")
        .maxTokens(1)
        .messages(List.of())
        .additionalBodyProperties(all)
        .build();
  }

  private static void check(RecordedExchange exchange, Map<String, Object> fields) {
    Map<String, Object> message = new LinkedHashMap<>();
    Map<String, Object> usage = new LinkedHashMap<>();
    StringBuilder text = new StringBuilder();
    for (Map<String, Object> answer : exchange.answers()) {
      Map<String, Object> part = map(answer.getOrDefault("message", answer));
      if (part.containsKey("id")) {
        message.putAll(part);
      }
      Object delta = answer.get("delta");
      if (delta != null && map(delta).get("text") != null) {
        text.append(map(delta).get("text"));
      } else if (delta != null && map(delta).get("stop_reason") != null) {
        message.put("stop_reason", map(delta).get("stop_reason"));
      }
      Object reported = part.get("usage") == null ? answer.get("usage") : part.get("usage");
      if (reported != null) {
        usage.putAll(map(reported));
      }
    }
    if (!exchange.streams()) {
      ((List<?>) message.get("content")).forEach(block -> text.append(map(block).get("text")));
    }
    assertThat(fields)
        .containsEntry("model.name", message.get("model"))
        .containsEntry("metadata.response_id", message.get("id"))
        .containsEntry("metadata.finish_reason", message.get("stop_reason"))
        .containsEntry("output", Map.of("role", "assistant", "content", text.toString()));
    Map<String, Object> buckets = map(fields.get("usage_details"));
    assertThat(buckets)
        .containsEntry("input", usage.get("input_tokens"))
        .containsEntry("output", usage.get("output_tokens"));
    assertThat(count(buckets, "input_cached_tokens"))
        .isEqualTo(count(usage, "cache_read_input_tokens"));
    assertThat(
            count(buckets, "input_cache_creation")
                + count(buckets, "input_cache_creation_5m")
                + count(buckets, "input_cache_creation_1h"))
        .isEqualTo(count(usage, "cache_creation_input_tokens"));
  }

  private static int count(Map<String, Object> counts, String key) {
    return counts.get(key) instanceof Integer count ? count : 0;
  }
}
