package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.Langfuse;
import io.langfuse4j.instrumentation.IntegrationBuilder;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.util.function.Supplier;

/** Settings of what is traced. Not thread-safe; what it wraps is not affected by later changes. */
public final class LangfuseMcpBuilder extends IntegrationBuilder<LangfuseMcpBuilder> {

  LangfuseMcpBuilder(Supplier<Langfuse> langfuse) {
    super(langfuse);
  }

  @Override
  protected LangfuseMcpBuilder self() {
    return this;
  }

  /** Traces a client. A transport that is wrapped stays as it is. */
  public McpClientTransport wrap(McpClientTransport transport) {
    return transport instanceof TracedTransport
        ? transport
        : new TracedTransport(transport, langfuse(), options());
  }

  /** Traces a tool of a server. */
  public SyncToolSpecification wrap(SyncToolSpecification tool) {
    ServedTool served = new ServedTool(tool.tool().name(), langfuse(), options());
    return new SyncToolSpecification(
        tool.tool(),
        (exchange, request) ->
            served.call(request, () -> tool.callHandler().apply(exchange, request)));
  }

  /** Traces a tool of a server. */
  public AsyncToolSpecification wrap(AsyncToolSpecification tool) {
    ServedTool served = new ServedTool(tool.tool().name(), langfuse(), options());
    return new AsyncToolSpecification(
        tool.tool(),
        (exchange, request) ->
            served.subscribe(request, () -> tool.callHandler().apply(exchange, request)));
  }
}
