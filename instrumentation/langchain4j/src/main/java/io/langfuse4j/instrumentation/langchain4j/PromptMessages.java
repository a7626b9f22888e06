package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.ImageContent.DetailLevel;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.pdf.PdfFile;
import io.langfuse4j.instrumentation.prompt.Part;
import io.langfuse4j.instrumentation.prompt.Turn;
import io.langfuse4j.prompt.CompiledChat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Compiled prompts as LangChain4j's messages. */
final class PromptMessages {

  private PromptMessages() {}

  static List<ChatMessage> of(CompiledChat prompt) {
    List<Turn> chat = Turn.of(prompt);
    return chat.stream().map(turn -> message(turn, chat)).toList();
  }

  private static ChatMessage message(Turn turn, List<Turn> chat) {
    return switch (turn.role()) {
      case SYSTEM -> SystemMessage.from(notBlank(turn));
      case USER -> user(turn);
      case ASSISTANT -> assistant(turn);
      case TOOL ->
          ToolExecutionResultMessage.from(turn.toolCallId(), turn.toolName(chat), turn.text());
    };
  }

  /** LangChain4j refuses such messages without saying which. */
  private static String notBlank(Turn turn) {
    String text = turn.text();
    if (text.isBlank()) {
      throw turn.refused("it is empty");
    }
    return text;
  }

  private static ChatMessage user(Turn turn) {
    if (turn.parts().isEmpty()) {
      throw turn.refused("it is empty");
    }
    UserMessage.Builder message =
        UserMessage.builder()
            .contents(turn.parts().stream().map(part -> content(turn, part)).toList());
    return turn.name() == null ? message.build() : message.name(turn.name()).build();
  }

  private static ChatMessage assistant(Turn turn) {
    String text = turn.text();
    AiMessage.Builder message =
        AiMessage.builder()
            .toolExecutionRequests(
                turn.toolCalls().stream()
                    .map(
                        call ->
                            ToolExecutionRequest.builder()
                                .id(call.id())
                                .name(call.name())
                                .arguments(call.arguments())
                                .build())
                    .toList());
    return text.isEmpty() ? message.build() : message.text(text).build();
  }

  private static Content content(Turn turn, Part part) {
    if (part instanceof Part.Text text) {
      return TextContent.from(text.text());
    }
    Part.Media media = (Part.Media) part;
    return switch (media.kind()) {
      case IMAGE -> image(turn, media);
      case AUDIO ->
          AudioContent.from(
              Audio.builder().base64Data(media.base64()).mimeType(media.mediaType()).build());
      case FILE -> pdf(turn, media);
    };
  }

  private static Content image(Turn turn, Part.Media media) {
    Image.Builder image = Image.builder().mimeType(media.mediaType());
    if (media.url() == null) {
      image.base64Data(media.base64());
    } else {
      image.url(turn.uri(media));
    }
    return ImageContent.from(image.build(), detail(turn, media.detail()));
  }

  private static DetailLevel detail(Turn turn, @Nullable String detail) {
    if (detail == null) {
      return DetailLevel.LOW;
    }
    try {
      return DetailLevel.valueOf(detail.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw turn.refused("LangChain4j knows no detail '" + detail + "' of images");
    }
  }

  private static Content pdf(Turn turn, Part.Media media) {
    String type = media.mediaType();
    if (type != null && !type.equals("application/pdf")) {
      throw turn.refused("LangChain4j takes PDF files, not " + type);
    }
    PdfFile.Builder file = PdfFile.builder().mimeType("application/pdf");
    return PdfFileContent.from(
        (media.url() == null ? file.base64Data(media.base64()) : file.url(turn.uri(media)))
            .build());
  }
}
