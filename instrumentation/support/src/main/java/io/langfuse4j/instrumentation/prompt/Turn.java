package io.langfuse4j.instrumentation.prompt;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.prompt.ChatMessage;
import io.langfuse4j.prompt.CompiledChat;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A message of a compiled prompt: who says what. Messages have the shapes of OpenAI's chat, which
 * the playground of Langfuse writes; images of Anthropic's are understood too.
 *
 * @param number the place in the chat, from 1; for exceptions
 * @param name of who says it, or of the tool; null if not given
 * @param toolCalls what an assistant calls
 * @param toolCallId which call a tool answers; null if it is not a tool's, or not given
 */
public record Turn(
    int number,
    Role role,
    @Nullable String name,
    List<Part> parts,
    List<ToolCall> toolCalls,
    @Nullable String toolCallId) {

  /** A call of a tool by an assistant; {@code arguments} are JSON. */
  public record ToolCall(String id, String name, String arguments) {}

  /** The messages; placeholders that were not filled are left out. */
  public static List<Turn> of(CompiledChat chat) {
    List<Turn> turns = new ArrayList<>();
    for (ChatMessage message : chat.messages()) {
      turns.add(of(turns.size() + 1, message));
    }
    return turns;
  }

  private static Turn of(int number, ChatMessage message) {
    return new Turn(
        number,
        Role.of(number, message.role()),
        Fields.text(message.get("name")),
        Part.of(number, message.content()),
        toolCalls(message.get("tool_calls")),
        Fields.text(message.get("tool_call_id")));
  }

  private static List<ToolCall> toolCalls(@Nullable Object given) {
    List<ToolCall> calls = new ArrayList<>();
    for (Map<String, Object> call : Fields.maps(given)) {
      Map<String, Object> function = Fields.map(call.get("function"));
      calls.add(
          new ToolCall(
              Objects.toString(call.get("id"), ""),
              Objects.toString(function.get("name"), ""),
              Objects.toString(function.get("arguments"), "{}")));
    }
    return calls;
  }

  /** The tool that answers here: its name, or that in the call; empty if neither is known. */
  public String toolName(List<Turn> chat) {
    return name != null
        ? name
        : chat.stream()
            .flatMap(turn -> turn.toolCalls.stream())
            .filter(call -> call.id().equals(toolCallId))
            .map(ToolCall::name)
            .findFirst()
            .orElse("");
  }

  /**
   * The content where only text is possible; empty if there is none.
   *
   * @throws IllegalArgumentException if there is something else
   */
  public String text() {
    return parts.stream().map(this::onlyText).collect(Collectors.joining());
  }

  private String onlyText(Part part) {
    if (part instanceof Part.Text text) {
      return text.text();
    }
    throw refused("its role, " + role.name().toLowerCase(Locale.ROOT) + ", allows text only");
  }

  /**
   * The address of {@code media}, which has one.
   *
   * @throws IllegalArgumentException if it is none
   */
  public URI uri(Part.Media media) {
    try {
      return URI.create(String.valueOf(media.url()));
    } catch (IllegalArgumentException e) {
      throw refused("'" + media.url() + "' is no address");
    }
  }

  /** What to throw if the library cannot take the message; {@code why} ends the sentence. */
  public IllegalArgumentException refused(String why) {
    return refused(number, why);
  }

  static IllegalArgumentException refused(int number, String why) {
    return new IllegalArgumentException(
        "Message " + number + " of the prompt cannot be converted: " + why + ".");
  }
}
