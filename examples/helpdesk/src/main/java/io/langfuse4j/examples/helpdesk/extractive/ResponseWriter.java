package io.langfuse4j.examples.helpdesk.extractive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest.StreamOptions;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes one response in OpenAI's format: an object, server-sent events, or an error. */
final class ResponseWriter {
  /** A word and the space behind it. */
  private static final Pattern PIECE = Pattern.compile("\\S+\\s*");

  private final HttpExchange exchange;
  private final ObjectMapper json;
  private final String id = "chatcmpl-" + UUID.randomUUID();

  ResponseWriter(HttpExchange exchange, ObjectMapper json) {
    this.exchange = exchange;
    this.json = json;
  }

  void completion(ChatReply reply) throws IOException {
    ObjectNode choice = json.createObjectNode().put("index", 0);
    ObjectNode message = json.valueToTree(reply.message());
    if (!message.has("content")) {
      message.putNull("content");
    }
    choice.set("message", message);
    choice.put("finish_reason", reply.finishReason());
    ObjectNode body = envelope("chat.completion", List.of(choice));
    body.set("usage", json.valueToTree(reply.usage()));
    send(200, body);
  }

  void stream(ChatReply reply, @Nullable StreamOptions options) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream events = exchange.getResponseBody();
    event(events, delta(json.createObjectNode().put("role", "assistant").put("content", "")));
    deltas(events, reply.message());
    event(events, lastDelta(reply.finishReason()));
    if (options != null && options.includeUsage()) {
      ObjectNode usage = envelope("chat.completion.chunk", List.of());
      usage.set("usage", json.valueToTree(reply.usage()));
      event(events, usage);
    }
    event(events, "[DONE]");
  }

  void rateLimited() throws IOException {
    exchange.getResponseHeaders().set("retry-after-ms", "120");
    error(429, "rate_limit_exceeded", "Rate limit reached, try again in 120 ms");
  }

  void error(int status, String code, String message) throws IOException {
    ObjectNode body = json.createObjectNode();
    body.putObject("error").put("message", message).put("type", code).put("code", code);
    send(status, body);
  }

  private void deltas(OutputStream events, ChatMessage message) throws IOException {
    for (String piece : PIECE.matcher(message.text()).results().map(m -> m.group()).toList()) {
      event(events, delta(json.createObjectNode().put("content", piece)));
    }
    int index = 0;
    for (ToolCall call : message.calls()) {
      ObjectNode indexed = json.<ObjectNode>valueToTree(call).put("index", index++);
      ObjectNode delta = json.createObjectNode();
      delta.putArray("tool_calls").add(indexed);
      event(events, delta(delta));
    }
  }

  private ObjectNode delta(ObjectNode delta) {
    ObjectNode choice = json.createObjectNode().put("index", 0);
    choice.set("delta", delta);
    choice.putNull("finish_reason");
    return envelope("chat.completion.chunk", List.of(choice));
  }

  private ObjectNode lastDelta(String finishReason) {
    ObjectNode choice = json.createObjectNode().put("index", 0);
    choice.putObject("delta");
    choice.put("finish_reason", finishReason);
    return envelope("chat.completion.chunk", List.of(choice));
  }

  private ObjectNode envelope(String object, List<ObjectNode> choices) {
    ObjectNode envelope = json.createObjectNode().put("id", id).put("object", object);
    envelope.put("created", Instant.now().getEpochSecond()).put("model", ExtractiveModel.NAME);
    envelope.putArray("choices").addAll(choices);
    return envelope;
  }

  private void event(OutputStream events, Object data) throws IOException {
    events.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    events.flush();
  }

  private void send(int status, ObjectNode body) throws IOException {
    byte[] bytes = json.writeValueAsBytes(body);
    exchange.getRequestBody().readAllBytes(); // an unread body would close the connection
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
