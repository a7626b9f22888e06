package io.langfuse4j.instrumentation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** What becomes of requests that do not go well. */
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
    CallToolRequest tool =
        new CallToolRequest("weather", Map.of("city", "Paris"), Map.of("progressToken", "p"));
    transport.sendMessage(new JSONRPCRequest("2.0", "tools/call", id, tool)).block();
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
  void protocolError_isAnErrorWithItsCode() {
    call("1");
    stub.deliver(error("1"));

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("status_message", "Unknown tool")
        .containsEntry("metadata.error_code", -32602L);
  }

  @Test
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
  void sendingThatFails_isThrownAndRecorded() {
    IllegalStateException broken = new IllegalStateException("broken pipe");
    stub.sending = Mono.error(broken);

    assertThat(catchThrowable(() -> call("1"))).isSameAs(broken);

    assertThat(theSpan().statusMessage()).contains("broken pipe");
  }

  @Test
  void unanswered_endsWithTheTransport() {
    call("1");
    transport.closeGracefully().block();

    assertThat(fields(theSpan()))
        .containsEntry("level", "ERROR")
        .containsEntry("status_message", "No answer came.");
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
