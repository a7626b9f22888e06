package io.langfuse4j.examples.helpdesk.chat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts a streamed reply together from its server-sent events. For one reply, by one thread. */
final class StreamReader {
  private static final String DATA = "data:";
  private static final String END = "[DONE]";

  private final StreamListener listener;
  private final StringBuilder text = new StringBuilder();
  private final Map<Integer, CallParts> calls = new TreeMap<>();
  private String model;
  private String finishReason = "";
  private @Nullable Usage usage;

  StreamReader(String requestedModel, StreamListener listener) {
    this.model = requestedModel;
    this.listener = listener;
  }

  ChatReply read(InputStream events) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(events, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.startsWith(DATA)) {
        String data = line.substring(DATA.length()).strip();
        if (data.equals(END)) {
          return reply();
        }
        accept(ChatClient.JSON.readTree(data));
      }
    }
    throw new IOException("the stream ended without " + END);
  }

  private void accept(JsonNode event) throws JsonProcessingException {
    model = event.path("model").asText(model);
    // The usage comes with the last event, whose list of choices is empty.
    if (event.hasNonNull("usage")) {
      usage = ChatClient.usage(event);
    }
    JsonNode choice = event.path("choices").path(0);
    finishReason = choice.path("finish_reason").asText(finishReason);
    acceptText(choice.path("delta").path("content").asText(""));
    for (JsonNode call : choice.path("delta").path("tool_calls")) {
      calls.computeIfAbsent(call.path("index").asInt(), index -> new CallParts()).accept(call);
    }
  }

  private void acceptText(String piece) {
    if (!piece.isEmpty()) {
      text.append(piece);
      listener.onText(piece);
    }
  }

  private ChatReply reply() {
    return new ChatReply(model, message(calls.values()), finishReason, usage);
  }

  private ChatMessage message(Collection<CallParts> parts) {
    String content = text.isEmpty() ? null : text.toString();
    List<ToolCall> toolCalls = parts.stream().map(CallParts::call).toList();
    return new ChatMessage("assistant", content, toolCalls.isEmpty() ? null : toolCalls, null);
  }

  /** A tool call whose arguments arrive in pieces. */
  private static final class CallParts {
    private String id = "";
    private String name = "";
    private final StringBuilder arguments = new StringBuilder();

    void accept(JsonNode call) {
      id = call.path("id").asText(id);
      name = call.path("function").path("name").asText(name);
      arguments.append(call.path("function").path("arguments").asText(""));
    }

    ToolCall call() {
      return ToolCall.of(id, name, arguments.toString());
    }
  }
}
