package io.langfuse4j.examples.helpdesk.extractive;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.examples.helpdesk.chat.TokenCounter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Speaks to the provider as any client would: in JSON, over HTTP. */
class ExtractiveProviderTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION =
      """
      {"model": "extractive-1", "messages": [
        {"role": "system", "content": "Be kind.\\n\\n## Bulbs\\nWe sell bulbs. All lamps take E27 bulbs.\\n"},
        {"role": "user", "content": "Which bulbs do your lamps take?"}
      ]%s}
      """;
  private static final String TOOLS =
      """
      , "tools": [
        {"type": "function", "function": {"name": "weather", "description": "Tells the weather of a city",
          "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}},
        {"type": "function", "function": {"name": "bulb-price", "description": "Prices bulbs for lamps",
          "parameters": {"type": "object", "properties": {
            "pieces": {"type": "integer"}, "socket": {"type": "string", "enum": ["E14", "E27"]}}}}}
      ]""";

  private final HttpClient http = HttpClient.newHttpClient();
  private final ExtractiveProvider provider = ExtractiveProvider.start();

  @AfterEach
  void stop() {
    provider.close();
  }

  @Test
  void completion_contextAnswersQuestion_quotesBestSentence() throws Exception {
    HttpResponse<String> response = post(QUESTION.formatted(""));

    JsonNode body = JSON.readTree(response.body());
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
    assertThat(body.path("id").asText()).startsWith("chatcmpl-");
    assertThat(body.path("created").asLong()).isPositive();
    assertThat(((ObjectNode) body).remove(List.of("id", "created", "usage")))
        .isEqualTo(
            JSON.readTree(
                """
                {"object": "chat.completion", "model": "extractive-1", "choices": [{
                  "index": 0, "finish_reason": "stop",
                  "message": {"role": "assistant", "content": "All lamps take E27 bulbs."}}]}
                """));
  }

  @Test
  void completion_contextIsSilent_saysSo() throws Exception {
    String request =
        QUESTION.formatted("").replace("Which bulbs do your lamps take?", "Who are you?");

    JsonNode body = JSON.readTree(post(request).body());

    assertThat(body.at("/choices/0/message/content").asText())
        .isEqualTo("I could not find that in our policies. A colleague will write to you.");
  }

  @Test
  void completion_always_countsTokens() throws Exception {
    JsonNode usage = JSON.readTree(post(QUESTION.formatted("")).body()).path("usage");

    int prompt =
        3
            + 3
            + TokenCounter.count("system")
            + TokenCounter.count("Be kind.\n\n## Bulbs\nWe sell bulbs. All lamps take E27 bulbs.\n")
            + 3
            + TokenCounter.count("user")
            + TokenCounter.count("Which bulbs do your lamps take?");
    int completion = TokenCounter.count("All lamps take E27 bulbs.");
    assertThat(usage)
        .isEqualTo(
            JSON.createObjectNode()
                .put("prompt_tokens", prompt)
                .put("completion_tokens", completion)
                .put("total_tokens", prompt + completion));
  }

  @Test
  void stream_withUsage_sendsPiecesThenReasonThenUsageThenDone() throws Exception {
    HttpResponse<String> response =
        post(
            QUESTION.formatted(
                ", \"stream\": true, \"stream_options\": {\"include_usage\": true}"));

    List<String> events = response.body().lines().filter(line -> !line.isEmpty()).toList();
    assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
    assertThat(events)
        .allMatch(event -> event.startsWith("data: "))
        .last()
        .isEqualTo("data: [DONE]");
    List<JsonNode> chunks = events.subList(0, events.size() - 1).stream().map(this::data).toList();
    assertThat(chunks).allMatch(c -> c.path("object").asText().equals("chat.completion.chunk"));
    assertThat(chunks)
        .extracting(c -> c.at("/choices/0/delta/content").asText())
        .containsExactly("", "All ", "lamps ", "take ", "E27 ", "bulbs.", "", "");
    assertThat(chunks.get(0).at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    assertThat(chunks.get(6).at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(chunks.get(7).path("choices")).isEmpty();
    assertThat(chunks.get(7).at("/usage/completion_tokens").asLong()).isPositive();
  }

  @Test
  void stream_usageNotAsked_sendsNone() throws Exception {
    assertThat(post(QUESTION.formatted(", \"stream\": true")).body()).doesNotContain("usage");
  }

  @Test
  void tools_descriptionFits_callsThatOneWithWhatTheQuestionSays() throws Exception {
    String request =
        QUESTION
            .formatted(TOOLS)
            .replace(
                "Which bulbs do your lamps take?", "What do three E27 bulbs for my lamps cost?");

    JsonNode choice = JSON.readTree(post(request).body()).at("/choices/0");

    assertThat(choice)
        .isEqualTo(
            JSON.readTree(
                """
                {"index": 0, "finish_reason": "tool_calls", "message": {
                  "role": "assistant", "content": null, "tool_calls": [
                    {"id": "call_1_bulb-price", "type": "function", "function": {
                      "name": "bulb-price", "arguments": "{\\"pieces\\":3,\\"socket\\":\\"E27\\"}"}}]}}
                """));
  }

  @Test
  void tools_requiredArgumentMissing_callsNone() throws Exception {
    String request =
        QUESTION
            .formatted(TOOLS)
            .replace("Which bulbs do your lamps take?", "Tell me the weather of your city");

    JsonNode body = JSON.readTree(post(request).body());

    assertThat(body.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
  }

  @Test
  void tools_resultGiven_saysResult() throws Exception {
    String request =
        """
        {"model": "extractive-1", "messages": [
          {"role": "user", "content": "What do two bulbs cost?"},
          {"role": "assistant", "tool_calls": [{"id": "c", "type": "function",
            "function": {"name": "bulb-price", "arguments": "{}"}}]},
          {"role": "tool", "tool_call_id": "c", "content": "{\\"price\\": \\"€9\\", \\"in_stock\\": true}"}
        ]}
        """;

    JsonNode body = JSON.readTree(post(request).body());

    assertThat(body.at("/choices/0/message/content").asText())
        .isEqualTo("Price €9, in stock true.");
  }

  @Test
  void rejectNext_two_refusesTwiceThenAnswers() throws Exception {
    provider.rejectNext(2);

    List<HttpResponse<String>> responses =
        List.of(
            post(QUESTION.formatted("")),
            post(QUESTION.formatted("")),
            post(QUESTION.formatted("")));

    assertThat(responses).extracting(HttpResponse::statusCode).containsExactly(429, 429, 200);
    assertThat(responses.get(0).headers().firstValue("retry-after-ms")).contains("120");
    assertThat(JSON.readTree(responses.get(0).body()).at("/error/code").asText())
        .isEqualTo("rate_limit_exceeded");
  }

  @Test
  void errors_areInOpenAisShape() throws Exception {
    assertError(post("{not json"), 400, "invalid_request_error");
    assertError(
        post("{\"model\": \"extractive-1\", \"messages\": []}"), 400, "invalid_request_error");
    assertError(post("null"), 400, "invalid_request_error");
    assertError(
        post(QUESTION.formatted("").replace("extractive-1", "gpt-4o")), 404, "model_not_found");
    assertError(send(HttpRequest.newBuilder(provider.baseUrl())), 404, "not_found");
    assertError(send(completions().GET()), 405, "method_not_allowed");
  }

  private void assertError(HttpResponse<String> response, int status, String code)
      throws IOException {
    assertThat(response.statusCode()).isEqualTo(status);
    JsonNode error = JSON.readTree(response.body()).path("error");
    assertThat(error.path("code").asText()).isEqualTo(code);
    assertThat(error.path("message").asText()).isNotEmpty();
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return send(completions().POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder completions() {
    return HttpRequest.newBuilder(URI.create(provider.baseUrl() + "/chat/completions"));
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private JsonNode data(String event) {
    try {
      return JSON.readTree(event.substring("data: ".length()));
    } catch (IOException e) {
      throw new AssertionError(event, e);
    }
  }
}
