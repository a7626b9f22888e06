package io.langfuse4j.examples.helpdesk.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that answers what the test says. */
class ChatClientTest {
  private static final ChatRequest REQUEST =
      ChatRequest.of("some-model", List.of(ChatMessage.user("Hello")));

  private final List<String> received = new ArrayList<>();
  private HttpServer server;
  private ChatClient client;

  @BeforeEach
  void start() throws Exception {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
    client =
        new ChatClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1/"), "sk-test");
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void complete_sendsKeyAndOnlyWhatIsSet() {
    answer(200, Map.of(), "{\"model\":\"m\",\"choices\":[{\"message\":{\"role\":\"assistant\"}}]}");

    client.complete(REQUEST);

    assertThat(received)
        .containsExactly(
            "Bearer sk-test",
            "{\"model\":\"some-model\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}");
  }

  @Test
  void complete_readsReplyAndIgnoresWhatItDoesNotKnow() {
    answer(
        200,
        Map.of(),
        """
        {"model": "some-model-2026", "system_fingerprint": "x", "choices": [{"finish_reason": "stop",
          "message": {"role": "assistant", "content": "Hi", "refusal": null}}],
         "usage": {"prompt_tokens": 8, "completion_tokens": 1, "total_tokens": 9,
           "prompt_tokens_details": {"cached_tokens": 0}}}
        """);

    assertThat(client.complete(REQUEST))
        .isEqualTo(
            new ChatReply("some-model-2026", ChatMessage.assistant("Hi"), "stop", Usage.of(8, 1)));
  }

  @Test
  void stream_putsTextAndToolCallsTogether() {
    answer(
        200,
        Map.of(),
        """
        : a comment

        data: {"model": "m", "choices": [{"delta": {"role": "assistant", "content": null}}]}

        data: {"model": "m", "choices": [{"delta": {"content": "One "}}]}

        data: {"model": "m", "choices": [{"delta": {"content": "moment"}}]}

        data: {"model": "m", "choices": [{"delta": {"tool_calls": [{"index": 0, "id": "c1", "function": {"name": "look", "arguments": "{\\"a\\""}}]}}]}

        data: {"model": "m", "choices": [{"delta": {"tool_calls": [{"index": 0, "function": {"arguments": ":1}"}}]}}]}

        data: {"model": "m", "choices": [{"delta": {}, "finish_reason": "tool_calls"}]}

        data: {"model": "m", "choices": [], "usage": {"prompt_tokens": 5, "completion_tokens": 2, "total_tokens": 7}}

        data: [DONE]

        """);
    List<String> heard = new ArrayList<>();

    ChatReply reply = client.stream(REQUEST, heard::add);

    assertThat(heard).containsExactly("One ", "moment");
    assertThat(reply)
        .isEqualTo(
            new ChatReply(
                "m",
                new ChatMessage(
                    "assistant",
                    "One moment",
                    List.of(ToolCall.of("c1", "look", "{\"a\":1}")),
                    null),
                "tool_calls",
                Usage.of(5, 2)));
  }

  @Test
  void stream_endsEarly_throws() {
    answer(200, Map.of(), "data: {\"choices\": []}\n\n");

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> client.stream(REQUEST, text -> {}))
        .withMessageEndingWith("/v1/chat/completions broke off its answer");
  }

  @Test
  void complete_busy_saysHowLongToWait() {
    answer(429, Map.of("Retry-After", "7"), "{\"error\": {\"message\": \"slow down\"}}");

    assertThatExceptionOfType(RateLimitedException.class)
        .isThrownBy(() -> client.complete(REQUEST))
        .withMessage("HTTP 429: slow down")
        .returns(Duration.ofSeconds(7), RateLimitedException::retryAfter);
  }

  @Test
  void complete_refused_tellsWhatTheProviderSaid() {
    answer(502, Map.of(), "<html>bad gateway</html>");

    assertThatExceptionOfType(ProviderException.class)
        .isThrownBy(() -> client.complete(REQUEST))
        .withMessage("HTTP 502: <html>bad gateway</html>");
  }

  private void answer(int status, Map<String, String> headers, String body) {
    server.createContext(
        "/v1/chat/completions",
        exchange -> {
          received.add(exchange.getRequestHeaders().getFirst("Authorization"));
          received.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          headers.forEach(exchange.getResponseHeaders()::set);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
  }
}
