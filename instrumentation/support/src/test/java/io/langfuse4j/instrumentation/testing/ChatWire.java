package io.langfuse4j.instrumentation.testing;

import java.util.ArrayList;
import java.util.List;

/**
 * Chat completions as OpenAI's documentation describes them on the wire, written for these tests.
 */
public final class ChatWire {

  public static final String MODEL = "gpt-4o-2024-08-06";

  public static final String USAGE =
      """
      {"prompt_tokens":30,"completion_tokens":20,"total_tokens":50,
       "prompt_tokens_details":{"cached_tokens":10,"audio_tokens":0},
       "completion_tokens_details":{"reasoning_tokens":5,"audio_tokens":0}}\
      """
          .replace("\n", "");

  public static final String TEXT =
      "{\"role\":\"assistant\",\"content\":\"Hello Ada.\",\"refusal\":null,\"annotations\":[]}";

  public static final String REFUSAL =
      "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"I will not.\"}";

  public static final String TOOL_CALLS =
      "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
          + toolCall("call_1", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
          + "]}";

  public static final String PARALLEL_TOOL_CALLS =
      "{\"role\":\"assistant\",\"content\":null,\"refusal\":null,\"tool_calls\":["
          + toolCall("call_1", "weather", "{\\\"city\\\":\\\"Paris\\\"}")
          + ","
          + toolCall("call_2", "weather", "{\\\"city\\\":\\\"Rome\\\"}")
          + "]}";

  private ChatWire() {}

  private static String toolCall(String id, String name, String arguments) {
    return "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"%s\"}}"
        .formatted(id, name, arguments);
  }

  /** A whole answer. */
  public static String completion(String message, String finishReason) {
    return completionOf(
        "{\"index\":0,\"message\":%s,\"logprobs\":null,\"finish_reason\":\"%s\"}"
            .formatted(message, finishReason));
  }

  /** A whole answer with these choices, which may be none. */
  public static String completionOf(String... choices) {
    return ("{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1778629858,"
            + "\"model\":\"%s\",\"choices\":[%s],\"usage\":%s,\"service_tier\":\"default\"}")
        .formatted(MODEL, String.join(",", choices), USAGE);
  }

  /** The same answers in pieces. */
  public static List<String> textEvents() {
    return events(
        "stop",
        "{\"role\":\"assistant\",\"content\":\"\",\"refusal\":null}",
        "{\"content\":\"Hello\"}",
        "{\"content\":\" Ada\"}",
        "{\"content\":\".\"}");
  }

  public static List<String> refusalEvents() {
    return events(
        "stop",
        "{\"role\":\"assistant\",\"content\":null,\"refusal\":\"\"}",
        "{\"refusal\":\"I will\"}",
        "{\"refusal\":\" not.\"}");
  }

  public static List<String> toolEvents() {
    return events(
        "tool_calls",
        "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":["
            + opening(0, "call_1", "weather")
            + "]}",
        arguments(0, "{\\\"city\\\":"),
        arguments(0, "\\\"Paris\\\"}"));
  }

  /** Two calls whose arguments come by turns. */
  public static List<String> parallelToolEvents() {
    return events(
        "tool_calls",
        "{\"role\":\"assistant\",\"content\":null}",
        "{\"tool_calls\":[" + opening(0, "call_1", "weather") + "]}",
        "{\"tool_calls\":[" + opening(1, "call_2", "weather") + "]}",
        arguments(1, "{\\\"city\\\":"),
        arguments(0, "{\\\"city\\\":\\\"Pa"),
        arguments(1, "\\\"Rome\\\"}"),
        arguments(0, "ris\\\"}"));
  }

  private static String opening(int index, String id, String name) {
    return ("{\"index\":%d,\"id\":\"%s\",\"type\":\"function\","
            + "\"function\":{\"name\":\"%s\",\"arguments\":\"\"}}")
        .formatted(index, id, name);
  }

  private static String arguments(int index, String piece) {
    return "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]}"
        .formatted(index, piece);
  }

  /** An answer in pieces, with the usage in a last chunk that has no choices. */
  public static List<String> events(String finishReason, String... deltas) {
    List<String> events = new ArrayList<>();
    for (String delta : deltas) {
      events.add(chunk(choice(delta, null), "null"));
    }
    events.add(chunk(choice("{}", finishReason), "null"));
    events.add(chunk("", USAGE));
    events.add("data: [DONE]\n\n");
    return events;
  }

  /** What is sent of a filtered request before anything else: no choices, no usage. */
  public static String chunkWithoutChoices() {
    return chunk("", "null");
  }

  private static String choice(String delta, String finishReason) {
    return "{\"index\":0,\"delta\":%s,\"logprobs\":null,\"finish_reason\":%s}"
        .formatted(delta, finishReason == null ? "null" : "\"" + finishReason + "\"");
  }

  private static String chunk(String choices, String usage) {
    return ("data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\","
            + "\"created\":1778629858,\"model\":\"%s\",\"service_tier\":\"default\","
            + "\"choices\":[%s],\"usage\":%s}\n\n")
        .formatted(MODEL, choices, usage);
  }

  /** How OpenAI says no. */
  public static String error(String message, String type, String code) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":\"messages\",\"code\":\"%s\"}}"
        .formatted(message, type, code);
  }
}
