package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.client.OpenAIClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import io.langfuse4j.instrumentation.testing.RecordedExchange;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Real exchanges with OpenAI, where they are at hand: what is recorded is compared field by field
 * with what was on the wire.
 */
class RecordedTrafficTest extends TracedTest {

  static List<RecordedExchange> exchanges() {
    return RecordedExchange.with("openai");
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  @Requirement({"R3", "R4", "R5"})
  void exchange_isRecordedAsItWasOnTheWire(RecordedExchange exchange) {
    replay(exchange);
  }

  private void replay(RecordedExchange exchange) {
    sink.clear();
    StubProvider replayed = new StubProvider();
    try (replayed) {
      if (exchange.streams()) {
        replayed.events(List.of(exchange.answerText()));
      } else {
        replayed.json(200, exchange.answerText());
      }
      OpenAIClient client =
          LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(replayed.url())));
      if (exchange.url().equals("/chat/completions")) {
        chat(client, exchange);
        checkChat(exchange, theSpan());
      } else {
        responses(client, exchange);
        checkResponse(exchange, theSpan());
      }
      assertThat(replayed.requests().get(0).json()).isEqualTo(exchange.request());
    }
  }

  private static void chat(OpenAIClient client, RecordedExchange exchange) {
    ChatCompletionCreateParams.Builder params =
        ChatCompletionCreateParams.builder()
            .model((String) exchange.request().get("model"))
            .messages(List.of())
            .additionalBodyProperties(rest(exchange));
    if (exchange.streams()) {
      try (StreamResponse<?> stream = client.chat().completions().createStreaming(params.build())) {
        stream.stream().forEach(chunk -> {});
      }
    } else {
      client.chat().completions().create(params.build());
    }
  }

  private static void responses(OpenAIClient client, RecordedExchange exchange) {
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model((String) exchange.request().get("model"))
            .input("")
            .additionalBodyProperties(rest(exchange));
    if (exchange.streams()) {
      try (StreamResponse<?> stream = client.responses().createStreaming(params.build())) {
        stream.stream().forEach(event -> {});
      }
    } else {
      client.responses().create(params.build());
    }
  }

  /** The recorded request; what it sets replaces what the builder needs. */
  private static Map<String, JsonValue> rest(RecordedExchange exchange) {
    Map<String, JsonValue> rest = new LinkedHashMap<>();
    exchange
        .request()
        .forEach(
            (key, value) -> {
              if (!key.equals("model")) {
                rest.put(key, JsonValue.from(value));
              }
            });
    return rest;
  }

  private static void checkChat(RecordedExchange exchange, RecordedSpan span) {
    Map<String, Object> fields = fields(span);
    List<Map<String, Object>> answers = exchange.answers();
    Object messages = exchange.request().get("messages");
    Object tools = exchange.request().get("tools");
    assertThat(fields.get("input"))
        .isEqualTo(tools == null ? messages : Map.of("messages", messages, "tools", tools));
    assertThat(fields.get("model.name")).isEqualTo(answers.get(0).get("model"));
    assertThat(map(fields.get("model.parameters")))
        .containsEntry("temperature", exchange.request().get("temperature"))
        .containsEntry("service_tier", answers.get(0).get("service_tier"));
    assertThat(fields.get("metadata.response_id")).isEqualTo(answers.get(0).get("id"));
    checkUsage(map(answers.get(answers.size() - 1).get("usage")), "prompt", "completion", fields);
    StringBuilder content = new StringBuilder();
    for (Map<String, Object> answer : answers) {
      for (Object choice : (List<?>) answer.get("choices")) {
        Object message = map(choice).getOrDefault("message", map(choice).get("delta"));
        Object text = map(message).get("content");
        content.append(text == null ? "" : text);
        Object reason = map(choice).get("finish_reason");
        if (reason != null) {
          assertThat(fields.get("metadata.finish_reason")).isEqualTo(reason);
        }
        if (map(message).get("tool_calls") != null) {
          assertThat(map(fields.get("output")).get("tool_calls"))
              .isEqualTo(map(message).get("tool_calls"));
        }
      }
    }
    assertThat(map(fields.get("output")).getOrDefault("content", ""))
        .hasToString(content.toString());
  }

  private static void checkResponse(RecordedExchange exchange, RecordedSpan span) {
    Map<String, Object> fields = fields(span);
    List<Map<String, Object>> answers = exchange.answers();
    Map<String, Object> last = answers.get(answers.size() - 1);
    Map<String, Object> answer = exchange.streams() ? map(last.get("response")) : last;
    assertThat(fields.get("model.name")).isEqualTo(answer.get("model"));
    assertThat(fields.get("metadata.response_id")).isEqualTo(answer.get("id"));
    assertThat(fields.get("metadata.status")).isEqualTo(answer.get("status"));
    List<?> output = (List<?>) withoutNulls(answer.get("output"));
    assertThat(fields.get("output")).isEqualTo(output.size() == 1 ? output.get(0) : output);
    assertThat(fields.get("input").toString())
        .contains(String.valueOf(exchange.request().get("input")).substring(1, 20));
    checkUsage(map(answer.get("usage")), "input", "output", fields);
  }

  private static void checkUsage(
      Map<String, Object> usage, String input, String output, Map<String, Object> fields) {
    Map<String, Object> buckets = map(fields.get("usage_details"));
    assertThat(buckets).containsEntry("total", usage.get("total_tokens"));
    assertThat(sum(buckets, "input")).isEqualTo(usage.get(input + "_tokens"));
    assertThat(sum(buckets, "output")).isEqualTo(usage.get(output + "_tokens"));
    Object reasoning = map(usage.get(output + "_tokens_details")).get("reasoning_tokens");
    assertThat(buckets.getOrDefault("output_reasoning_tokens", 0)).isEqualTo(reasoning);
  }

  private static int sum(Map<String, Object> buckets, String side) {
    return buckets.entrySet().stream()
        .filter(bucket -> bucket.getKey().startsWith(side))
        .mapToInt(bucket -> (Integer) bucket.getValue())
        .sum();
  }

  private static Object withoutNulls(Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(RecordedTrafficTest::withoutNulls).toList();
    }
    if (value instanceof Map<?, ?> map) {
      Map<Object, Object> kept = new LinkedHashMap<>();
      map.forEach(
          (key, inner) -> {
            if (inner != null) {
              kept.put(key, withoutNulls(inner));
            }
          });
      return kept;
    }
    return value;
  }

  private static Map<String, Object> map(Object value) {
    return RecordedExchange.map(value);
  }
}
