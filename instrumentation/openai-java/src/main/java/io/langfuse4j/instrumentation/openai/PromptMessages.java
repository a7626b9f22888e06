package io.langfuse4j.instrumentation.openai;

import com.openai.core.ObjectMappers;
import com.openai.errors.OpenAIInvalidDataException;
import com.openai.models.chat.completions.ChatCompletionMessageParam;
import com.openai.models.responses.ResponseInputItem;
import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.prompt.Part;
import io.langfuse4j.instrumentation.prompt.Role;
import io.langfuse4j.instrumentation.prompt.Turn;
import io.langfuse4j.prompt.CompiledChat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Compiled prompts as the library's messages. Made as JSON, so that nothing it knows is lost. */
final class PromptMessages {

  private PromptMessages() {}

  static List<ChatCompletionMessageParam> chat(CompiledChat prompt) {
    List<ChatCompletionMessageParam> messages = new ArrayList<>();
    for (Turn turn : Turn.of(prompt)) {
      // What the prompt says beside what is read of it, such as the author's name, goes along.
      Map<String, @Nullable Object> message =
          new LinkedHashMap<>(prompt.messages().get(turn.number() - 1).asMap());
      message.put("role", roleInChats(String.valueOf(message.get("role"))));
      if (message.get("content") instanceof Iterable<?>) {
        message.put("content", turn.parts().stream().map(part -> partOfChat(turn, part)).toList());
      }
      messages.add(converted(turn, message, ChatCompletionMessageParam.class, m -> m.validate()));
    }
    return messages;
  }

  private static String roleInChats(String role) {
    String lower = role.toLowerCase(Locale.ROOT);
    return lower.equals("model") ? "assistant" : lower;
  }

  private static Map<String, Object> partOfChat(Turn turn, Part part) {
    if (part instanceof Part.Text text) {
      return Map.of("type", "text", "text", text.text());
    }
    Part.Media media = (Part.Media) part;
    return switch (media.kind()) {
      case IMAGE ->
          Map.of(
              "type",
              "image_url",
              "image_url",
              withoutNulls("url", media.uri(), "detail", media.detail()));
      case AUDIO -> Map.of("type", "input_audio", "input_audio", audio(turn, media));
      case FILE ->
          Map.of(
              "type",
              "file",
              "file",
              withoutNulls("file_data", media.uri(), "filename", media.fileName()));
    };
  }

  private static Map<String, Object> audio(Turn turn, Part.Media media) {
    String type = media.mediaType();
    String base64 = media.base64();
    if (type == null || base64 == null) {
      throw turn.refused("OpenAI takes no addresses of audio");
    }
    return Map.of("data", base64, "format", type.substring(type.indexOf('/') + 1));
  }

  static List<ResponseInputItem> responses(CompiledChat prompt) {
    List<ResponseInputItem> items = new ArrayList<>();
    for (Turn turn : Turn.of(prompt)) {
      for (Map<String, Object> item : items(turn, prompt)) {
        items.add(converted(turn, item, ResponseInputItem.class, i -> i.validate()));
      }
    }
    return items;
  }

  private static List<Map<String, Object>> items(Turn turn, CompiledChat prompt) {
    if (turn.role() == Role.TOOL) {
      String call = turn.toolCallId();
      if (call == null) {
        throw turn.refused("a tool's message needs the tool_call_id that it answers");
      }
      return List.of(
          Map.of("type", "function_call_output", "call_id", call, "output", turn.text()));
    }
    List<Map<String, Object>> items = new ArrayList<>();
    if (!turn.parts().isEmpty() && !(turn.toolCalls().size() > 0 && turn.text().isEmpty())) {
      // What a model said is a text; other roles may show something.
      Object content =
          turn.role() == Role.USER
              ? turn.parts().stream().map(part -> partOfResponses(turn, part)).toList()
              : turn.text();
      String role = prompt.messages().get(turn.number() - 1).role();
      items.add(Map.of("type", "message", "role", roleInChats(role), "content", content));
    }
    for (Turn.ToolCall call : turn.toolCalls()) {
      items.add(
          Map.of(
              "type",
              "function_call",
              "call_id",
              call.id(),
              "name",
              call.name(),
              "arguments",
              call.arguments()));
    }
    return items;
  }

  private static Map<String, Object> partOfResponses(Turn turn, Part part) {
    if (part instanceof Part.Text text) {
      return Map.of("type", "input_text", "text", text.text());
    }
    Part.Media media = (Part.Media) part;
    String detail = media.detail();
    return switch (media.kind()) {
      case IMAGE ->
          Map.of(
              "type",
              "input_image",
              "image_url",
              media.uri(),
              "detail",
              detail == null ? "auto" : detail);
      case AUDIO -> Map.of("type", "input_audio", "input_audio", audio(turn, media));
      case FILE ->
          media.url() == null
              ? withoutNulls(
                  "type", "input_file", "file_data", media.uri(), "filename", media.fileName())
              : Map.of("type", "input_file", "file_url", media.uri());
    };
  }

  private static Map<String, Object> withoutNulls(@Nullable Object... keysAndValues) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
    }
    return Fields.withoutNulls(map);
  }

  private static <T> T converted(
      Turn turn, Map<String, ?> message, Class<T> type, Consumer<T> validation) {
    try {
      T converted = ObjectMappers.jsonMapper().convertValue(message, type);
      validation.accept(converted);
      return converted;
    } catch (OpenAIInvalidDataException | IllegalArgumentException e) {
      IllegalArgumentException refused =
          turn.refused("OpenAI's library does not accept it: " + e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }
}
