package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.Langfuse;
import io.langfuse4j.ObservationType;
import io.langfuse4j.instrumentation.ModelCall;
import io.langfuse4j.instrumentation.ModelCallOptions;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpClientTransport;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.GetPromptRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCMessage;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpSchema.ReadResourceRequest;
import io.opentelemetry.context.Scope;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * A transport that is followed: an observation begins when a request is sent and ends when the
 * response with its id passes by.
 *
 * <p>Thread-safe, as transports are.
 */
final class TracedTransport implements McpClientTransport {

  /** More than anybody waits for; what timed out is never answered. */
  private static final int MOST_PENDING = 1_000;

  private final McpClientTransport transport;
  private final Supplier<Langfuse> langfuse;
  private final ModelCallOptions options;
  private final Map<Object, ModelCall> pending =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, ModelCall> eldest) {
          if (size() <= MOST_PENDING) {
            return false;
          }
          unanswered(eldest.getValue());
          return true;
        }
      };

  TracedTransport(
      McpClientTransport transport, Supplier<Langfuse> langfuse, ModelCallOptions options) {
    this.transport = transport;
    this.langfuse = langfuse;
    this.options = options;
  }

  @Override
  public Mono<Void> connect(Function<Mono<JSONRPCMessage>, Mono<JSONRPCMessage>> handler) {
    return transport.connect(messages -> handler.apply(messages.doOnNext(this::received)));
  }

  private void received(JSONRPCMessage message) {
    if (message instanceof JSONRPCResponse response && response.id() != null) {
      ModelCall call = take(response.id());
      if (call != null) {
        answered(call, response);
      }
    }
  }

  private static void answered(ModelCall call, JSONRPCResponse response) {
    JSONRPCResponse.JSONRPCError error = response.error();
    if (error == null) {
      call.succeed(described -> Results.describe(described, response.result()));
    } else {
      call.succeed(
          described -> described.error(error.message()).metadata("error_code", error.code()));
    }
  }

  private @Nullable ModelCall take(Object id) {
    synchronized (pending) {
      return pending.remove(id);
    }
  }

  @Override
  @SuppressWarnings("try") // the scope is the point
  public Mono<Void> sendMessage(JSONRPCMessage message) {
    if (!(message instanceof JSONRPCRequest request) || !isTraced(request)) {
      return transport.sendMessage(message);
    }
    ModelCall call = start(request);
    if (call.isActive()) {
      synchronized (pending) {
        pending.put(request.id(), call);
      }
    }
    try (Scope scope = call.makeCurrent()) {
      return transport
          .sendMessage(withTrace(request))
          .doOnError(thrown -> failed(request.id(), thrown))
          .doOnCancel(() -> cancelled(request.id()));
    } catch (Throwable t) {
      failed(request.id(), t);
      throw t;
    }
  }

  private static boolean isTraced(JSONRPCRequest request) {
    return request.params() instanceof CallToolRequest
        || request.params() instanceof ReadResourceRequest
        || request.params() instanceof GetPromptRequest;
  }

  private ModelCall start(JSONRPCRequest request) {
    ModelCall call;
    if (request.params() instanceof CallToolRequest tool) {
      call = ModelCall.start(langfuse, tool.name(), ObservationType.TOOL, options);
      call.request(described -> described.input(tool.arguments()));
    } else if (request.params() instanceof GetPromptRequest prompt) {
      call = span("prompts/get " + prompt.name());
      call.request(described -> described.input(prompt.arguments()));
    } else if (request.params() instanceof ReadResourceRequest resource) {
      call = span("resources/read");
      call.request(described -> described.input(resource.uri()));
    } else {
      return ModelCall.inactive();
    }
    call.request(described -> described.metadata("mcp.method", request.method()));
    return call;
  }

  private ModelCall span(String name) {
    return ModelCall.start(langfuse, name, ObservationType.SPAN, options);
  }

  /** The request with the current trace in its {@code _meta}. */
  private static JSONRPCRequest withTrace(JSONRPCRequest request) {
    Object params = request.params();
    if (params instanceof CallToolRequest tool) {
      params = new CallToolRequest(tool.name(), tool.arguments(), MetaContext.with(tool.meta()));
    } else if (params instanceof GetPromptRequest prompt) {
      params =
          new GetPromptRequest(prompt.name(), prompt.arguments(), MetaContext.with(prompt.meta()));
    } else if (params instanceof ReadResourceRequest resource) {
      params = new ReadResourceRequest(resource.uri(), MetaContext.with(resource.meta()));
    }
    return new JSONRPCRequest(request.jsonrpc(), request.method(), request.id(), params);
  }

  private void failed(Object id, Throwable thrown) {
    ModelCall call = take(id);
    if (call != null) {
      call.fail(thrown);
    }
  }

  private void cancelled(Object id) {
    ModelCall call = take(id);
    if (call != null) {
      call.closeEarly();
    }
  }

  private static void unanswered(ModelCall call) {
    call.succeed(described -> described.error("No answer came."));
  }

  /** What is closed will not answer any more. */
  private void endAll() {
    List<ModelCall> left;
    synchronized (pending) {
      left = List.copyOf(pending.values());
      pending.clear();
    }
    left.forEach(TracedTransport::unanswered);
  }

  @Override
  public void close() {
    transport.close();
    endAll();
  }

  @Override
  public Mono<Void> closeGracefully() {
    return transport.closeGracefully().doFinally(signal -> endAll());
  }

  @Override
  public void setExceptionHandler(Consumer<Throwable> handler) {
    transport.setExceptionHandler(handler);
  }

  @Override
  public <T> T unmarshalFrom(Object data, TypeRef<T> type) {
    return transport.unmarshalFrom(data, type);
  }

  @Override
  public List<String> protocolVersions() {
    return transport.protocolVersions();
  }
}
