package io.langfuse4j.instrumentation.langchain4j;

import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.data.audio.Audio;
import dev.langchain4j.data.image.Image;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.AudioContent;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.Content;
import dev.langchain4j.data.message.CustomMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.PdfFileContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.message.VideoContent;
import dev.langchain4j.data.pdf.PdfFile;
import dev.langchain4j.data.video.Video;
import io.langfuse4j.instrumentation.Accessors;
import io.langfuse4j.instrumentation.Messages;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** LangChain4j's messages in the form in which Langfuse shows a conversation. */
final class ChatMessages {

  private ChatMessages() {}

  static List<Map<String, Object>> all(List<? extends ChatMessage> messages) {
    return messages.stream().map(ChatMessages::one).toList();
  }

  static Map<String, Object> one(ChatMessage message) {
    if (message instanceof SystemMessage system) {
      return Messages.message("system", system.text());
    } else if (message instanceof UserMessage user) {
      return user(user);
    } else if (message instanceof AiMessage answer) {
      return answer(answer);
    } else if (message instanceof ToolExecutionResultMessage result) {
      return Messages.toolResult(result.id(), result.toolName(), result(result));
    } else if (message instanceof CustomMessage custom) {
      return Messages.message("custom", custom.attributes());
    }
    return Messages.message("unknown", message.toString());
  }

  private static Map<String, Object> user(UserMessage user) {
    Map<String, Object> message = Messages.message("user", content(user.contents()));
    if (user.name() != null) {
      message.put("name", user.name());
    }
    return message;
  }

  private static Map<String, Object> answer(AiMessage answer) {
    Map<String, Object> message = Messages.message("assistant", null);
    if (answer.thinking() != null) {
      message.put("reasoning_content", answer.thinking());
    }
    if (answer.images() != null && !answer.images().isEmpty()) {
      message.put("content", parts(answer));
    } else if (answer.text() != null) {
      message.put("content", answer.text());
    }
    if (answer.hasToolExecutionRequests()) {
      message.put(
          "tool_calls",
          answer.toolExecutionRequests().stream().map(ChatMessages::toolCall).toList());
    }
    return message;
  }

  private static List<Object> parts(AiMessage answer) {
    List<Object> parts = new ArrayList<>();
    if (answer.text() != null) {
      parts.add(Messages.textPart(answer.text()));
    }
    answer.images().forEach(image -> parts.add(Messages.imagePart(image(image))));
    return parts;
  }

  private static Map<String, Object> toolCall(ToolExecutionRequest call) {
    return Messages.toolCall(call.id(), call.name(), call.arguments());
  }

  /** A text; newer versions of the library have parts too, and no text then. */
  private static @Nullable Object result(ToolExecutionResultMessage result) {
    return Accessors.read(result, "contents") instanceof List<?> contents
        ? content(contents)
        : result.text();
  }

  /** The one text, or the parts. */
  static Object content(List<?> contents) {
    return contents.size() == 1 && contents.get(0) instanceof TextContent text
        ? text.text()
        : contents.stream()
            .map(content -> content instanceof Content part ? part(part) : String.valueOf(content))
            .toList();
  }

  private static Object part(Content content) {
    if (content instanceof TextContent text) {
      return Messages.textPart(text.text());
    } else if (content instanceof ImageContent image) {
      return Messages.imagePart(image(image.image()));
    } else if (content instanceof AudioContent audio) {
      Audio sound = audio.audio();
      return media("audio", sound.url(), sound.base64Data(), sound.mimeType(), "audio/wav");
    } else if (content instanceof PdfFileContent pdf) {
      PdfFile file = pdf.pdfFile();
      return media("file", file.url(), file.base64Data(), file.mimeType(), "application/pdf");
    } else if (content instanceof VideoContent video) {
      Video film = video.video();
      return media("video", film.url(), film.base64Data(), film.mimeType(), "video/mp4");
    }
    return Messages.textPart(content.toString());
  }

  static String image(Image image) {
    return address(image.url(), image.base64Data(), image.mimeType(), "image/png");
  }

  private static Map<String, Object> media(
      String type,
      @Nullable URI url,
      @Nullable String base64,
      @Nullable String mediaType,
      String otherwise) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", type);
    part.put(type, address(url, base64, mediaType, otherwise));
    return part;
  }

  private static String address(
      @Nullable URI url, @Nullable String base64, @Nullable String mediaType, String otherwise) {
    if (base64 != null) {
      return Messages.dataUri(mediaType == null ? otherwise : mediaType, base64);
    }
    return String.valueOf(url);
  }
}
