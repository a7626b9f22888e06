package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.Messages;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage.ToolResponse;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.model.Generation;
import org.springframework.ai.content.Media;

/** Spring AI's messages in the form in which Langfuse shows a conversation. */
final class ChatMessages {

  private ChatMessages() {}

  /** One for each message, but one for each result of a tool. */
  static List<Map<String, Object>> all(List<? extends Message> messages) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (Message message : messages) {
      if (message instanceof ToolResponseMessage results) {
        for (ToolResponse result : results.getResponses()) {
          all.add(Messages.toolResult(result.id(), result.name(), result.responseData()));
        }
      } else {
        all.add(one(message));
      }
    }
    return all;
  }

  private static Map<String, Object> one(Message message) {
    if (message instanceof AssistantMessage answer) {
      return assistant(answer);
    }
    Collection<Media> media = message instanceof UserMessage user ? user.getMedia() : List.of();
    Object content = media.isEmpty() ? message.getText() : parts(message.getText(), media);
    return Messages.message(message.getMessageType().getValue(), content);
  }

  private static Map<String, Object> assistant(AssistantMessage answer) {
    Map<String, Object> message = Messages.message("assistant", null);
    putText(message, "reasoning_content", answer.getMetadata().get("reasoningContent"));
    putText(message, "refusal", answer.getMetadata().get("refusal"));
    List<Media> media = answer.getMedia();
    if (media != null && !media.isEmpty()) {
      message.put("content", parts(answer.getText(), media));
    } else if (answer.getText() != null && (!answer.getText().isEmpty() || message.size() == 1)) {
      putText(message, "content", answer.getText());
    }
    if (answer.hasToolCalls()) {
      message.put(
          "tool_calls",
          answer.getToolCalls().stream()
              .map(call -> Messages.toolCall(call.id(), call.name(), call.arguments()))
              .toList());
    }
    return message;
  }

  private static void putText(Map<String, Object> message, String key, @Nullable Object value) {
    String text = Objects.toString(value, "");
    if (!text.isEmpty()) {
      message.put(key, text);
    }
  }

  private static List<Object> parts(@Nullable String text, Collection<Media> media) {
    List<Object> parts = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      parts.add(Messages.textPart(text));
    }
    media.forEach(one -> parts.add(part(one)));
    return parts;
  }

  private static Map<String, Object> part(Media media) {
    String type = media.getMimeType().toString();
    Object data = media.getData();
    String address =
        data instanceof byte[] bytes
            ? Messages.dataUri(type, Base64.getEncoder().encodeToString(bytes))
            : data.toString();
    if (type.startsWith("image/")) {
      return Messages.imagePart(address);
    }
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type.startsWith("audio/") ? "audio" : "file");
    part.put((String) part.get("type"), address);
    return part;
  }

  /** The one message, or all of them if there are several answers; null if there is none. */
  static @Nullable Object answer(@Nullable ChatResponse response) {
    return response == null
        ? null
        : Messages.oneOrAll(
            response.getResults().stream().map(result -> assistant(result.getOutput())).toList());
  }

  /** In lower case, as OpenAI's protocol has it. */
  static @Nullable String finishReason(Generation generation) {
    String reason =
        generation.getMetadata() == null ? null : generation.getMetadata().getFinishReason();
    return reason == null ? null : reason.toLowerCase(Locale.ROOT);
  }
}
