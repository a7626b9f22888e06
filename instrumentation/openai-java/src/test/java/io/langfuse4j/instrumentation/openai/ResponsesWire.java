package io.langfuse4j.instrumentation.openai;

import com.openai.core.JsonValue;
import com.openai.models.FunctionDefinition;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.langfuse4j.instrumentation.testing.ChatDialect;
import io.langfuse4j.instrumentation.testing.ChatReply;
import io.langfuse4j.instrumentation.testing.OpenAIChatDialect;
import io.langfuse4j.instrumentation.testing.StubProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The Responses API as OpenAI's documentation describes it, written for these tests. */
final class ResponsesWire implements ChatDialect {

  static final String MESSAGE = message("output_text", "text", "Hello Ada.");

  private static final String REFUSAL = message("refusal", "refusal", "I will not.");

  private static final String USAGE =
      "{\"input_tokens\":36,\"input_tokens_details\":{\"cached_tokens\":6},\"output_tokens\":87,"
          + "\"output_tokens_details\":{\"reasoning_tokens\":64},\"total_tokens\":123}";

  private static String message(String type, String key, String text) {
    return "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
        + "\"content\":[{\"type\":\"%s\",\"%s\":\"%s\",\"annotations\":[]}]}"
            .formatted(type, key, text);
  }

  static String functionCall(int number, String city) {
    return ("{\"id\":\"fc_%d\",\"type\":\"function_call\",\"status\":\"completed\","
            + "\"call_id\":\"call_%d\",\"name\":\"weather\","
            + "\"arguments\":\"{\\\"city\\\":\\\"%s\\\"}\"}")
        .formatted(number, number, city);
  }

  static String response(String status, String error, String usage, String... output) {
    return ("{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1778629858,\"status\":\"%s\",\"error\":%s,\"incomplete_details\":null,\"instructions\":\"Be"
            + " brief.\",\"metadata\":{},\"model\":\"gpt-4o-2024-08-06\",\"output\":[%s],"
            + "\"parallel_tool_calls\":true,\"temperature\":0.2,\"tool_choice\":\"auto\","
            + "\"tools\":[],\"top_p\":1.0,\"service_tier\":\"default\",\"usage\":%s}")
        .formatted(status, error, String.join(",", output), usage);
  }

  static String completed(String... output) {
    return response("completed", "null", USAGE, output);
  }

  private static String[] output(ChatReply reply) {
    return switch (reply) {
      case TEXT -> new String[] {MESSAGE};
      case TOOL -> new String[] {functionCall(1, "Paris")};
      case PARALLEL_TOOLS -> new String[] {functionCall(1, "Paris"), functionCall(2, "Rome")};
      case REFUSAL -> new String[] {REFUSAL};
      case NOTHING -> new String[0];
    };
  }

  private static String event(List<String> before, String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
        .formatted(type, type, before.size(), fields);
  }

  /** The answer in pieces: those of several items come by turns, then each is there whole. */
  static List<String> events(ChatReply reply) {
    List<String> events = new ArrayList<>();
    String started = response("in_progress", "null", "null");
    events.add(event(events, "response.created", "\"response\":" + started));
    String[] output = output(reply);
    for (int i = 0; i < output.length; i++) {
      events.add(event(events, "response.output_item.added", at(i) + "\"item\":" + begun(reply)));
    }
    for (String piece : pieces(reply)) {
      for (int i = 0; i < output.length; i++) {
        String delta = at(i) + "\"content_index\":0,\"item_id\":\"msg_1\",\"logprobs\":[],";
        events.add(event(events, kind(reply), delta + "\"delta\":\"" + piece + "\""));
      }
    }
    for (int i = 0; i < output.length; i++) {
      events.add(event(events, "response.output_item.done", at(i) + "\"item\":" + output[i]));
    }
    events.add(event(events, "response.completed", "\"response\":" + completed(output)));
    return events;
  }

  private static String at(int index) {
    return "\"output_index\":" + index + ",";
  }

  private static String begun(ChatReply reply) {
    return reply == ChatReply.TEXT || reply == ChatReply.REFUSAL
        ? "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"in_progress\","
            + "\"role\":\"assistant\",\"content\":[]}"
        : "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"in_progress\","
            + "\"call_id\":\"call_1\",\"name\":\"weather\",\"arguments\":\"\"}";
  }

  private static String kind(ChatReply reply) {
    return switch (reply) {
      case TEXT -> "response.output_text.delta";
      case REFUSAL -> "response.refusal.delta";
      default -> "response.function_call_arguments.delta";
    };
  }

  private static List<String> pieces(ChatReply reply) {
    return switch (reply) {
      case TEXT -> List.of("Hello", " Ada", ".");
      case REFUSAL -> List.of("I will", " not.");
      default -> List.of("{\\\"city\\\":", "...");
    };
  }

  @Override
  public String observationName() {
    return "OpenAI-generation";
  }

  @Override
  public void answer(StubProvider provider, ChatReply reply, boolean streaming) {
    if (streaming) {
      provider.events(events(reply));
    } else {
      provider.json(200, completed(output(reply)));
    }
  }

  @Override
  public void refuse(StubProvider provider, int status) {
    new OpenAIChatDialect().refuse(provider, status);
  }

  @Override
  public void cut(StubProvider provider) {
    provider.cut(events(ChatReply.TEXT).subList(0, 4));
  }

  @Override
  public void stall(StubProvider provider) {
    provider.stalled(events(ChatReply.TEXT).subList(0, UNTIL_HELLO));
  }

  /** Events until {@code Hello} came. */
  static final int UNTIL_HELLO = 3;

  @Override
  public Map<String, Object> asked(boolean withTools, boolean streaming) {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", "gpt-4o");
    fields.put("model.parameters", Map.of("temperature", 0.2, "max_output_tokens", 50));
    List<Object> messages =
        List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of("role", "user", "content", question(withTools)));
    fields.put(
        "input",
        withTools
            ? Map.of("input", messages, "tools", StubProvider.parsed(OpenAIChatDialect.TOOLS))
            : messages);
    return fields;
  }

  private static String question(boolean withTools) {
    return withTools ? "What is the weather in Paris?" : "Hello?";
  }

  private Map<String, Object> begun(boolean withTools, boolean streaming, String status) {
    Map<String, Object> fields = asked(withTools, streaming);
    fields.put("model.name", "gpt-4o-2024-08-06");
    fields.put(
        "model.parameters",
        Map.of("temperature", 0.2, "max_output_tokens", 50, "service_tier", "default"));
    fields.put("metadata.response_id", "resp_1");
    fields.put("metadata.status", status);
    return fields;
  }

  @Override
  public Map<String, Object> answered(ChatReply reply, boolean withTools, boolean streaming) {
    Map<String, Object> fields = begun(withTools, streaming, "completed");
    fields.put(
        "usage_details",
        Map.of(
            "input", 30,
            "input_cached_tokens", 6,
            "output", 23,
            "output_reasoning_tokens", 64,
            "total", 123));
    List<Object> items = Arrays.stream(output(reply)).map(StubProvider::parsed).toList();
    if (!items.isEmpty()) {
      fields.put("output", items.size() == 1 ? items.get(0) : items);
    }
    return fields;
  }

  @Override
  public Map<String, Object> unfinished(String text) {
    Map<String, Object> fields = begun(false, true, "in_progress");
    fields.put(
        "output",
        Map.of(
            "id", "msg_1",
            "type", "message",
            "status", "in_progress",
            "role", "assistant",
            "content", List.of(Map.of("type", "output_text", "text", text))));
    return fields;
  }

  @Override
  public Map<String, Object> refused(int status) {
    return new OpenAIChatDialect().refused(status);
  }

  static ResponseCreateParams params(boolean withTools) {
    ResponseCreateParams.Builder params =
        ResponseCreateParams.builder()
            .model("gpt-4o")
            .instructions("Be brief.")
            .input(question(withTools))
            .temperature(0.2)
            .maxOutputTokens(50);
    if (withTools) {
      // As JSON, in the form in which the contract expects it; the library's is flat.
      params.putAdditionalBodyProperty(
          "tools",
          JsonValue.from(
              List.of(
                  Map.of(
                      "type",
                      "function",
                      "function",
                      FunctionDefinition.builder()
                          .name("weather")
                          .description("Weather of a city")
                          .build()))));
    }
    return params.build();
  }

  static String textOf(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(content -> content.outputText().stream())
        .map(text -> text.text())
        .collect(Collectors.joining());
  }

  static String textOf(ResponseStreamEvent event) {
    return event.outputTextDelta().map(delta -> delta.delta()).orElse("");
  }
}
