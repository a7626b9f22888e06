package io.langfuse4j.instrumentation.springai;

import io.langfuse4j.instrumentation.prompt.Part;
import io.langfuse4j.instrumentation.prompt.Turn;
import io.langfuse4j.prompt.CompiledChat;
import java.net.URLConnection;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.ai.chat.messages.AssistantMessage;
import org.springframework.ai.chat.messages.Message;
import org.springframework.ai.chat.messages.SystemMessage;
import org.springframework.ai.chat.messages.ToolResponseMessage;
import org.springframework.ai.chat.messages.UserMessage;
import org.springframework.ai.content.Media;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.MimeType;
import org.springframework.util.MimeTypeUtils;

/** Compiled prompts as Spring AI's messages. */
final class PromptMessages {

  private PromptMessages() {}

  static List<Message> of(CompiledChat prompt) {
    List<Turn> chat = Turn.of(prompt);
    return chat.stream().map(turn -> message(turn, chat)).toList();
  }

  private static Message message(Turn turn, List<Turn> chat) {
    return switch (turn.role()) {
      case SYSTEM -> new SystemMessage(turn.text());
      case USER -> user(turn);
      case ASSISTANT ->
          AssistantMessage.builder()
              .content(turn.text())
              .toolCalls(turn.toolCalls().stream().map(PromptMessages::toolCall).toList())
              .build();
      case TOOL -> tool(turn, chat);
    };
  }

  /** Spring AI keeps the text apart from what is shown. */
  private static Message user(Turn turn) {
    String text =
        turn.parts().stream()
            .filter(Part.Text.class::isInstance)
            .map(part -> ((Part.Text) part).text())
            .collect(Collectors.joining());
    List<Media> media =
        turn.parts().stream()
            .filter(Part.Media.class::isInstance)
            .map(part -> media(turn, (Part.Media) part))
            .toList();
    return UserMessage.builder().text(text).media(media).build();
  }

  private static AssistantMessage.ToolCall toolCall(Turn.ToolCall call) {
    return new AssistantMessage.ToolCall(call.id(), "function", call.name(), call.arguments());
  }

  private static Message tool(Turn turn, List<Turn> chat) {
    String id = turn.toolCallId();
    return ToolResponseMessage.builder()
        .responses(
            List.of(
                new ToolResponseMessage.ToolResponse(
                    id == null ? "" : id, turn.toolName(chat), turn.text())))
        .build();
  }

  private static Media media(Turn turn, Part.Media media) {
    String base64 = media.base64();
    if (base64 == null) {
      return new Media(type(media), turn.uri(media));
    }
    try {
      return new Media(type(media), new ByteArrayResource(Base64.getMimeDecoder().decode(base64)));
    } catch (IllegalArgumentException e) {
      throw turn.refused("what it shows is not Base64");
    }
  }

  /** Spring AI must know; of an address it is guessed from its end. */
  private static MimeType type(Part.Media media) {
    String given = media.mediaType();
    String guessed = given == null ? URLConnection.guessContentTypeFromName(media.url()) : given;
    return guessed == null
        ? switch (media.kind()) {
          case IMAGE -> MimeTypeUtils.IMAGE_PNG;
          case AUDIO -> MimeType.valueOf("audio/mpeg");
          case FILE -> MimeTypeUtils.APPLICATION_OCTET_STREAM;
        }
        : MimeTypeUtils.parseMimeType(guessed);
  }
}
