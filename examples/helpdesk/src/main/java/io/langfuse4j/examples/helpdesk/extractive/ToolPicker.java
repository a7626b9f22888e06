package io.langfuse4j.examples.helpdesk.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.langfuse4j.examples.helpdesk.chat.ToolCall;
import io.langfuse4j.examples.helpdesk.chat.ToolDefinition;
import io.langfuse4j.examples.helpdesk.language.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Picks the tools that a question is about: those whose name and description share its words, and
 * whose required parameters can be found in it.
 */
final class ToolPicker {
  private static final int SHARED_WORDS_NEEDED = 2;
  private static final List<String> NUMBERS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w-])(?:\\d+|" + String.join("|", NUMBERS) + ")(?![\\w-])");

  private ToolPicker() {}

  static List<ToolCall> pick(List<ToolDefinition> tools, String question) {
    List<ToolCall> calls = new ArrayList<>();
    for (ToolDefinition tool : tools) {
      if (concerns(tool.function(), question)) {
        arguments(tool.function().parameters(), question)
            .map(arguments -> call(tool, arguments, calls.size()))
            .ifPresent(calls::add);
      }
    }
    return calls;
  }

  private static ToolCall call(ToolDefinition tool, ObjectNode arguments, int index) {
    String name = tool.function().name();
    return ToolCall.of("call_" + (index + 1) + "_" + name, name, arguments.toString());
  }

  private static boolean concerns(ToolDefinition.Function tool, String question) {
    Set<String> words = Words.of(tool.name().replaceAll("[-_]", " ") + " " + tool.description());
    return Words.of(question).stream().filter(words::contains).count() >= SHARED_WORDS_NEEDED;
  }

  /** The arguments, or empty when the question lacks one that is required. */
  private static Optional<ObjectNode> arguments(JsonNode schema, String question) {
    ObjectNode arguments = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      value(property.getValue(), question)
          .ifPresent(value -> arguments.set(property.getKey(), value));
    }
    for (JsonNode required : schema.path("required")) {
      if (!arguments.has(required.asText())) {
        return Optional.empty();
      }
    }
    return Optional.of(arguments);
  }

  private static Optional<JsonNode> value(JsonNode schema, String question) {
    if (schema.has("enum")) {
      return mentioned(schema.path("enum"), question);
    }
    if (schema.has("pattern")) {
      return matching(schema.path("pattern").asText(), question);
    }
    return switch (schema.path("type").asText()) {
      case "integer", "number" -> number(question);
      default -> Optional.empty();
    };
  }

  private static Optional<JsonNode> mentioned(JsonNode choices, String question) {
    for (JsonNode choice : choices) {
      if (Words.of(question).containsAll(Words.of(choice.asText()))) {
        return Optional.of(choice);
      }
    }
    return Optional.empty();
  }

  /** The part of the question that the pattern describes; anchors would only fit a whole text. */
  private static Optional<JsonNode> matching(String pattern, String question) {
    String unanchored = pattern.replaceAll("^\\^|\\$$", "");
    return Pattern.compile(unanchored)
        .matcher(question)
        .results()
        .findFirst()
        .map(match -> JsonNodeFactory.instance.textNode(match.group()));
  }

  private static Optional<JsonNode> number(String question) {
    return NUMBER
        .matcher(question)
        .results()
        .findFirst()
        .map(MatchResult::group)
        .map(ToolPicker::parse)
        .map(JsonNodeFactory.instance::numberNode);
  }

  private static int parse(String number) {
    int word = NUMBERS.indexOf(number);
    return word >= 0 ? word : Integer.parseInt(number);
  }
}
