package io.langfuse4j.instrumentation.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.openai.client.OpenAIClient;
import com.openai.core.http.AsyncStreamResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.OpenAIIoException;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.langfuse4j.instrumentation.testing.StubProvider;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The Responses API, in the four ways. */
@Requirement({"R3", "R4", "R5"})
class ResponsesTest extends TracedTest {

  private static final String MESSAGE =
      "{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\","
          + "\"content\":[{\"type\":\"output_text\",\"text\":\"Hello Ada.\",\"annotations\":[]}]}";

  private static final String FUNCTION_CALL =
      "{\"id\":\"fc_1\",\"type\":\"function_call\",\"status\":\"completed\",\"call_id\":\"call_1\","
          + "\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Paris\\\"}\"}";

  private static final String USAGE =
      "{\"input_tokens\":36,\"input_tokens_details\":{\"cached_tokens\":6},\"output_tokens\":87,"
          + "\"output_tokens_details\":{\"reasoning_tokens\":64},\"total_tokens\":123}";

  private static String response(String status, String error, String usage, String... output) {
    return ("{\"id\":\"resp_1\",\"object\":\"response\",\"created_at\":1778629858,\"status\":\"%s\",\"error\":%s,\"incomplete_details\":null,\"instructions\":\"Be"
            + " brief.\",\"metadata\":{},\"model\":\"gpt-4o-2024-08-06\",\"output\":[%s],"
            + "\"parallel_tool_calls\":true,\"temperature\":0.2,\"tool_choice\":\"auto\","
            + "\"tools\":[],\"top_p\":1.0,\"service_tier\":\"default\",\"usage\":%s}")
        .formatted(status, error, String.join(",", output), usage);
  }

  private static String completed(String... output) {
    return response("completed", "null", USAGE, output);
  }

  private static String event(int number, String type, String fields) {
    return "event: %s\ndata: {\"type\":\"%s\",\"sequence_number\":%d,%s}\n\n"
        .formatted(type, type, number, fields);
  }

  private static List<String> events() {
    String started = response("in_progress", "null", "null");
    return List.of(
        event(0, "response.created", "\"response\":" + started),
        event(
            1,
            "response.output_item.added",
            "\"output_index\":0,\"item\":{\"id\":\"msg_1\",\"type\":\"message\","
                + "\"status\":\"in_progress\",\"role\":\"assistant\",\"content\":[]}"),
        event(2, "response.output_text.delta", delta("Hello")),
        event(3, "response.output_text.delta", delta(" Ada.")),
        event(4, "response.output_item.done", "\"output_index\":0,\"item\":" + MESSAGE),
        event(5, "response.completed", "\"response\":" + completed(MESSAGE)));
  }

  private static String delta(String text) {
    return "\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"logprobs\":[],"
        + "\"delta\":\""
        + text
        + "\"";
  }

  private OpenAIClient client() {
    return LangfuseOpenAI.builder(langfuse).wrap(held(OpenAIChat.client(provider.url())));
  }

  private static ResponseCreateParams params() {
    return ResponseCreateParams.builder()
        .model("gpt-4o")
        .instructions("Be brief.")
        .input("Hello?")
        .temperature(0.2)
        .maxOutputTokens(50)
        .build();
  }

  private static Map<String, Object> answered() {
    Map<String, Object> fields = new TreeMap<>();
    fields.put("type", "generation");
    fields.put("model.name", "gpt-4o-2024-08-06");
    fields.put(
        "model.parameters",
        Map.of("temperature", 0.2, "max_output_tokens", 50, "service_tier", "default"));
    fields.put(
        "input",
        List.of(
            Map.of("role", "system", "content", "Be brief."),
            Map.of("role", "user", "content", "Hello?")));
    fields.put("output", StubProvider.parsed(MESSAGE));
    fields.put(
        "usage_details",
        Map.of(
            "input", 30,
            "input_cached_tokens", 6,
            "output", 23,
            "output_reasoning_tokens", 64,
            "total", 123));
    fields.put("metadata.response_id", "resp_1");
    fields.put("metadata.status", "completed");
    return fields;
  }

  @Test
  void create_isAGeneration() {
    provider.json(200, completed(MESSAGE));

    client().responses().create(params());

    assertThat(theSpan().name()).isEqualTo("OpenAI-generation");
    assertThat(fields(theSpan())).isEqualTo(answered());
  }

  @Test
  void createAsync_isTheSame() {
    provider.json(200, completed(MESSAGE));

    client().async().responses().create(params()).join();

    assertThat(fields(theSpan())).isEqualTo(answered());
  }

  @Test
  void createStreaming_isTheSame() {
    provider.events(events());

    try (StreamResponse<ResponseStreamEvent> stream =
        client().responses().createStreaming(params())) {
      assertThat(stream.stream().count()).isEqualTo(6);
    }

    assertThat(fields(theSpan())).isEqualTo(answered());
    assertThat(hasFirstToken(theSpan())).isTrue();
  }

  @Test
  void createStreamingAsync_isTheSame() {
    provider.events(events());

    AsyncStreamResponse<ResponseStreamEvent> stream =
        client().async().responses().createStreaming(params());
    stream.subscribe(event -> {});
    stream.onCompleteFuture().join();

    assertThat(fields(theSpan())).isEqualTo(answered());
  }

  @Test
  void streamClosedEarly_keepsTheTextSoFar() {
    provider.stalled(events().subList(0, 3));

    try (StreamResponse<ResponseStreamEvent> stream =
        client().responses().createStreaming(params())) {
      assertThat(stream.stream().limit(3).toList()).hasSize(3);
    }

    Map<String, Object> expected = partial("Hello");
    expected.put("status_message", "Closed before the end.");
    assertThat(fields(theSpan())).isEqualTo(expected);
  }

  @Test
  @Requirement("R6")
  void streamCut_isAnErrorWithTheTextSoFar() {
    provider.cut(events().subList(0, 4));

    Throwable thrown =
        catchThrowable(
            () -> {
              try (StreamResponse<ResponseStreamEvent> stream =
                  client().responses().createStreaming(params())) {
                stream.stream().forEach(event -> {});
              }
            });

    assertThat(thrown).isExactlyInstanceOf(OpenAIIoException.class);
    Map<String, Object> expected = partial("Hello Ada.");
    expected.put("level", "ERROR");
    expected.put("status_message", theSpan().statusMessage());
    assertThat(fields(theSpan())).isEqualTo(expected);
  }

  private static Map<String, Object> partial(String text) {
    Map<String, Object> expected = answered();
    expected.remove("usage_details");
    expected.put("metadata.status", "in_progress");
    expected.put(
        "output",
        Map.of(
            "id", "msg_1",
            "type", "message",
            "status", "in_progress",
            "role", "assistant",
            "content", List.of(Map.of("type", "output_text", "text", text))));
    return expected;
  }

  @Test
  @Requirement("R6")
  void answerThatSaysItFailed_isAnErrorThoughNothingIsThrown() {
    provider.json(
        200, response("failed", "{\"code\":\"server_error\",\"message\":\"It broke.\"}", "null"));

    client().responses().create(params());

    RecordedSpan span = theSpan();
    assertThat(span.observation("level")).isEqualTo("ERROR");
    assertThat(span.statusMessage()).isEqualTo("It broke.");
    assertThat(span.observation("metadata.error_code")).isEqualTo("server_error");
    assertThat(span.observation("output")).isNull();
  }

  @Test
  void functionCallAndText_areAList() {
    provider.json(200, completed(MESSAGE, FUNCTION_CALL));

    client().responses().create(params());

    assertThat(fields(theSpan()).get("output"))
        .isEqualTo(List.of(StubProvider.parsed(MESSAGE), StubProvider.parsed(FUNCTION_CALL)));
  }

  @Test
  void contentOff_recordsNeitherInputNorOutput() {
    provider.json(200, completed(MESSAGE));

    LangfuseOpenAI.builder(client(false))
        .wrap(held(OpenAIChat.client(provider.url())))
        .responses()
        .create(params());

    Map<String, Object> expected = answered();
    expected.remove("input");
    expected.remove("output");
    assertThat(fields(theSpan())).isEqualTo(expected);
  }
}
