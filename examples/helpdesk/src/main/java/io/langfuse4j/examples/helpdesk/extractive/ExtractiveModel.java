package io.langfuse4j.examples.helpdesk.extractive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.langfuse4j.examples.helpdesk.chat.ChatMessage;
import io.langfuse4j.examples.helpdesk.chat.ChatReply;
import io.langfuse4j.examples.helpdesk.chat.ChatRequest;
import io.langfuse4j.examples.helpdesk.chat.TokenCounter;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.chat.Usage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Answers with what it was given: calls the tools a question is about, then quotes. */
final class ExtractiveModel {
  static final String NAME = "extractive-1";

  private static final String NO_ANSWER =
      "I could not find that in our policies. A colleague will write to you.";
  private static final ObjectMapper JSON = new ObjectMapper();

  private ExtractiveModel() {}

  static ChatReply reply(ChatRequest request) {
    String question = question(request.messages());
    List<String> results = contents(request.messages(), "tool");
    List<ToolCall> calls =
        results.isEmpty() ? ToolPicker.pick(request.offeredTools(), question) : List.of();
    ChatMessage message =
        calls.isEmpty()
            ? ChatMessage.assistant(answer(request, question, results))
            : ChatMessage.calling(calls);
    return new ChatReply(
        NAME, message, calls.isEmpty() ? "stop" : "tool_calls", usage(request, message));
  }

  private static String question(List<ChatMessage> messages) {
    List<String> questions = contents(messages, "user");
    return questions.isEmpty() ? "" : questions.get(questions.size() - 1);
  }

  /** What the tools say, or else what the instructions say. */
  private static String answer(ChatRequest request, String question, List<String> results) {
    if (!results.isEmpty()) {
      return results.stream().map(ExtractiveModel::say).collect(Collectors.joining(" "));
    }
    String context = String.join("\n", contents(request.messages(), "system"));
    List<String> sentences = new SentencePicker(context).pick(question);
    return sentences.isEmpty() ? NO_ANSWER : String.join(" ", sentences);
  }

  /** A JSON object as a sentence: "Order: HL-1, status: in transit." Anything else as it is. */
  private static String say(String result) {
    try {
      JsonNode object = JSON.readTree(result);
      String sentence =
          object.properties().stream()
              .map(ExtractiveModel::sayField)
              .collect(Collectors.joining(", "));
      return object.isObject() && !object.isEmpty()
          ? Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1) + "."
          : result;
    } catch (JsonProcessingException e) {
      return result;
    }
  }

  private static String sayField(Map.Entry<String, JsonNode> field) {
    return field.getKey().replace('_', ' ') + " " + field.getValue().asText();
  }

  private static List<String> contents(List<ChatMessage> messages, String role) {
    return messages.stream()
        .filter(message -> message.role().equals(role))
        .map(ChatMessage::text)
        .toList();
  }

  private static Usage usage(ChatRequest request, ChatMessage reply) {
    // Three tokens frame each message, and three open the reply; tools are read as JSON.
    long read = 3;
    for (ChatMessage message : request.messages()) {
      read += 3 + TokenCounter.count(message.role()) + written(message);
    }
    if (!request.offeredTools().isEmpty()) {
      read += TokenCounter.count(JSON.valueToTree(request.offeredTools()).toString());
    }
    return Usage.of(read, written(reply));
  }

  private static long written(ChatMessage message) {
    long tokens = TokenCounter.count(message.text());
    for (ToolCall call : message.calls()) {
      tokens += TokenCounter.count(call.function().name() + call.function().arguments());
    }
    return tokens;
  }
}
