package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.opentelemetry.context.Scope;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A tool of a server: each call continues the trace that the client sent along. Thread-safe. */
@SuppressWarnings("try") // the scopes are the point
record ServedTool(String name, Supplier<Langfuse> langfuse, ModelCallOptions options) {

  CallToolResult call(CallToolRequest request, Supplier<CallToolResult> handler) {
    ModelCall call = start(request);
    CallToolResult result;
    try (Scope scope = call.makeCurrent()) {
      result = handler.get();
    } catch (Throwable t) {
      call.fail(t);
      throw t;
    }
    call.succeed(described -> Results.describe(described, result));
    return result;
  }

  Mono<CallToolResult> subscribe(CallToolRequest request, Supplier<Mono<CallToolResult>> handler) {
    return Mono.defer(
        () -> {
          ModelCall call = start(request);
          return made(call, handler)
              .doOnSuccess(result -> call.succeed(d -> Results.describe(d, result)))
              .doOnError(call::fail)
              .doOnCancel(call::closeEarly);
        });
  }

  private static Mono<CallToolResult> made(ModelCall call, Supplier<Mono<CallToolResult>> handler) {
    try (Scope scope = call.makeCurrent()) {
      return handler.get();
    } catch (Throwable t) {
      call.fail(t);
      throw t;
    }
  }

  private ModelCall start(CallToolRequest request) {
    try (Scope scope = MetaContext.from(request.meta()).makeCurrent()) {
      ModelCall call = ModelCall.start(langfuse, name, ObservationType.TOOL, options);
      call.request(described -> described.input(request.arguments()));
      return call;
    }
  }
}
