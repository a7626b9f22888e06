package io.langfuse4j.instrumentation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of requests that do not go well. */
@Integrates(
    library = "mcp-java",
    operation = "tools/call of a client",
    without = {"CUT: an answer comes whole"})
@Integrates(
    library = "mcp-java",
    operation = "resources/read of a client",
    without = {"TOOL_CALL: not a tool", "CUT: an answer comes whole"})
@Integrates(
    library = "mcp-java",
    operation = "prompts/get of a client",
    without = {"TOOL_CALL: not a tool", "CUT: an answer comes whole"})
@Integrates(
    library = "mcp-java",
    operation = "tools/call of a server",
    without = {
      "TRANSPORT_ERROR: the client's to see",
      "CUT: an answer comes whole",
      "ABANDONED: ends with the handler, whoever waits for it"
    })
@Requirement("R6")
class TracedTransportTest extends TracedTest {

  /** Keeps what is sent and delivers what it is told. */
  private static final class StubTransport implements McpClientTransport {

    private final List<JSONRPCMessage> messages = new ArrayList<>();
    private Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler = mono -> mono;
    private Mono<Void> sending = Mono.empty();

    @Override
    public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> given) {
      handler = given;
      return Mono.empty();
    }

    @Override
    public Mono<Void> sendMessage(JSONRPCMessage message) {
      messages.add(message);
      return sending;
    }

    void deliver(JSONRPCResponse response) {
      handler.apply(Mono.just(response)).block();
    }

    @Override
    public Mono<Void> closeGracefully() {
      return Mono.empty();
    }

    @Override
    public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
      throw new UnsupportedOperationException();
    }
  }

  private final StubTransport stub = new StubTransport();
  private final McpClientTransport transport = LangfuseMcp.builder(langfuse).wrap(stub);

  private void call(String id) {
    transport.connect(mono -> mono).block();
    transport.sendMessage(toolCall(id)).block();
  }

  private static JSONRPCRequest toolCall(String id) {
    CallToolRequest tool =
        new CallToolRequest("weather", Map.of("city", "Paris"), Map.of("progressToken", "p"));
    return new JSONRPCRequest("2.0", "tools/call", id, tool);
  }

  private static final JSONRPCRequest READ =
      new JSONRPCRequest("2.0", "resources/read", "1", new ReadResourceRequest("file:///a.txt"));

  private static final JSONRPCRequest PROMPT =
      new JSONRPCRequest(
          "2.0", "prompts/get", "2", new GetPromptRequest("greet", Map.of("name", "Ada")));

  private void ask(JSONRPCRequest... requests) {
    transport.connect(mono -> mono).block();
    for (JSONRPCRequest request : requests) {
      transport.sendMessage(request).block();
    }
  }

  private static JSONRPCResponse error(String id) {
    return new JSONRPCResponse(
        "2.0", id, null, new JSONRPCResponse.JSONRPCError(-32602, "Unknown tool", null));
  }

  @Test
  void wrappedTwice_staysAsItIs() {
    assertThat(LangfuseMcp.wrap(transport)).isSameAs(transport);
  }

  @Test
  void meta_hasTheTraceBesideWhatWasThere() {
    call("1");
    stub.deliver(new JSONRPCResponse("2.0", "1", Map.of("content", List.of()), null));

    RecordedSpan span = theSpan();
    CallToolRequest sent = (CallToolRequest) ((JSONRPCRequest) stub.messages.get(0)).params();
    assertThat(sent.meta())
        .containsEntry("progressToken", "p")
        .containsEntry("traceparent", "00-" + span.traceId() + "-" + span.spanId() + "-01");
  }

  @Test
  @Shows(Outcome.PROVIDER_ERROR)
  void protocolError_isAnErrorWithItsCode() {
    call("1");
    stub.deliver(error("1"));

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("status_message", "Unknown tool")
        .containsEntry("metadata.error_code", -32602L);
  }

  @Test
  @Shows(Outcome.PROVIDER_ERROR)
  void errorOfTheTool_isAnErrorWithItsText() {
    call("1");
    Map<String, Object> result =
        Map.of("isError", true, "content", List.of(Map.of("type", "text", "text", "No rain.")));
    stub.deliver(new JSONRPCResponse("2.0", "1", result, null));

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("output", "No rain.");
  }

  @Test
  @Shows(Outcome.TRANSPORT_ERROR)
  void sendingThatFails_isThrownAndRecorded() {
    IllegalStateException broken = new IllegalStateException("broken pipe");
    stub.sending = Mono.error(broken);

    assertThat(catchThrowable(() -> call("1"))).isSameAs(broken);

    assertThat(theSpan().statusMessage()).contains("broken pipe");
  }

  @Test
  @Shows(Outcome.ABANDONED)
  void unanswered_endsWithTheTransport() {
    call("1");
    transport.closeGracefully().block();

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("status_message", "No answer came.");
  }

  @Test
  @Shows(Outcome.CANCELLED)
  @Shows(value = Outcome.CANCELLED, operation = "resources/read of a client")
  @Shows(value = Outcome.CANCELLED, operation = "prompts/get of a client")
  void sendingThatIsCancelled_ends() {
    stub.sending = Mono.never();
    for (JSONRPCRequest request : List.of(toolCall("3"), READ, PROMPT)) {
      transport.sendMessage(request).subscribe().dispose();
    }

    assertThat(sent())
        .hasSize(3)
        .allSatisfy(
            span ->
                assertThat(span.observation("status_message")).isEqualTo("Closed before the end."));
  }

  @Test
  @Shows(value = Outcome.OK, operation = "resources/read of a client")
  @Shows(value = Outcome.OK, operation = "prompts/get of a client")
  void resourcesAndPrompts_areSpansWithTheirResult() {
    ask(READ, PROMPT);
    Map<String, Object> contents = Map.of("contents", List.of(Map.of("text", "Rain")));
    Map<String, Object> messages = Map.of("messages", List.of(Map.of("role", "user")));
    stub.deliver(new JSONRPCResponse("2.0", "1", contents, null));
    stub.deliver(new JSONRPCResponse("2.0", "2", messages, null));

    sent();
    assertThat(fields(sink.span("resources/read")))
        .isEqualTo(
            Map.of(
                "type", "span",
                "input", "file:///a.txt",
                "output", contents,
                "metadata.mcp.method", "resources/read"));
    assertThat(fields(sink.span("prompts/get greet")))
        .isEqualTo(
            Map.of(
                "type",
                "span",
                "input",
                Map.of("name", "Ada"),
                "output",
                messages,
                "metadata.mcp.method",
                "prompts/get"));
  }

  @Test
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "resources/read of a client")
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "prompts/get of a client")
  void resourcesAndPromptsThatAreRefused_areErrors() {
    ask(READ, PROMPT);
    stub.deliver(error("1"));
    stub.deliver(error("2"));

    assertThat(sent())
        .hasSize(2)
        .allSatisfy(
            span ->
                assertThat(fields(span))
                    .containsEntry("level", "ERROR")
                    .containsEntry("metadata.error_code", -32602L));
  }

  @Test
  @Shows(value = Outcome.TRANSPORT_ERROR, operation = "resources/read of a client")
  @Shows(value = Outcome.TRANSPORT_ERROR, operation = "prompts/get of a client")
  void resourcesAndPromptsThatCannotBeSent_areErrorsAndThrowTheSame() {
    IllegalStateException broken = new IllegalStateException("broken pipe");
    stub.sending = Mono.error(broken);

    for (JSONRPCRequest request : List.of(READ, PROMPT)) {
      assertThat(catchThrowable(() -> ask(request))).isSameAs(broken);
    }

    assertThat(sent())
        .hasSize(2)
        .allSatisfy(span -> assertThat(span.statusMessage()).contains("broken pipe"));
  }

  @Test
  @Shows(value = Outcome.ABANDONED, operation = "resources/read of a client")
  @Shows(value = Outcome.ABANDONED, operation = "prompts/get of a client")
  void resourcesAndPromptsThatAreNotAnswered_endWithTheTransport() {
    ask(READ, PROMPT);
    transport.closeGracefully().block();

    assertThat(sent())
        .hasSize(2)
        .allSatisfy(
            span -> assertThat(span.observation("status_message")).isEqualTo("No answer came."));
  }

  @Test
  @Shows(value = Outcome.CANCELLED, operation = "tools/call of a server")
  void asyncServedTool_thatIsCancelled_ends() {
    AsyncToolSpecification traced =
        LangfuseMcp.builder(langfuse)
            .wrap(
                new AsyncToolSpecification(
                    WeatherServer.tool("weather"), (exchange, request) -> Mono.never()));

    traced
        .callHandler()
        .apply(null, new CallToolRequest("weather", Map.of("city", "Paris")))
        .subscribe()
        .dispose();

    assertThat(theSpan().observation("status_message")).isEqualTo("Closed before the end.");
  }

  @Test
  void answersOutOfOrder_areKeptApart() {
    call("1");
    call("2");
    stub.deliver(error("2"));
    stub.deliver(new JSONRPCResponse("2.0", "1", Map.of("content", List.of()), null));

    assertThat(sent()).extracting(span -> span.observation("level")).containsExactly("ERROR", null);
  }

  @Test
  @Shows(value = Outcome.PROVIDER_ERROR, operation = "tools/call of a server")
  void servedTool_thatThrows_isThrownAndRecorded() {
    IllegalStateException broken = new IllegalStateException("no weather");
    SyncToolSpecification tool =
        new SyncToolSpecification(
            WeatherServer.tool("weather"),
            (exchange, request) -> {
              throw broken;
            });
    SyncToolSpecification traced = LangfuseMcp.builder(langfuse).wrap(tool);

    assertThat(
            catchThrowable(
                () ->
                    traced
                        .callHandler()
                        .apply(null, new CallToolRequest("weather", Map.of("city", "Paris")))))
        .isSameAs(broken);

    assertThat(theSpan().statusMessage()).contains("no weather");
  }

  @Test
  @Shows(
      value = {Outcome.OK, Outcome.TOOL_CALL},
      operation = "tools/call of a server")
  void asyncServedTool_isObservedPerSubscription() {
    AsyncToolSpecification traced =
        LangfuseMcp.builder(langfuse)
            .wrap(
                new AsyncToolSpecification(
                    WeatherServer.tool("weather"),
                    (exchange, request) -> Mono.just(WeatherServer.said("Rain", false))));
    Mono<?> call =
        traced.callHandler().apply(null, new CallToolRequest("weather", Map.of("city", "Paris")));
    assertThat(sent()).isEmpty();

    call.block();

    assertThat(fields(theSpan())).containsEntry("type", "tool").containsEntry("output", "Rain");
  }
}
