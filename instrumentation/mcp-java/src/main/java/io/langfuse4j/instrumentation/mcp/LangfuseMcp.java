package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.Langfuse;
import io.modelcontextprotocol.server.McpServerFeatures.AsyncToolSpecification;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpClientTransport;

/**
 * Traces clients and servers of the Model Context Protocol. A client is traced through its
 * transport, of whatever kind; a server through its tools:
 *
 * <pre>{@code
 * McpSyncClient client = McpClient.sync(LangfuseMcp.wrap(transport)).build();
 *
 * McpServer.sync(provider).tools(LangfuseMcp.wrap(tool)).build();
 * }</pre>
 *
 * <p>Calls of tools become observations of type tool, with arguments and result; resources that are
 * read and prompts that are fetched become spans. The client sends the trace along in {@code _meta}
 * as {@code traceparent}, {@code tracestate} and {@code baggage}; a traced server continues it.
 * Thread-safe.
 */
public final class LangfuseMcp {

  private LangfuseMcp() {}

  /** Traces a client with {@link Langfuse#get()}. A transport that is wrapped stays as it is. */
  public static McpClientTransport wrap(McpClientTransport transport) {
    return new LangfuseMcpBuilder(Langfuse::get).wrap(transport);
  }

  /** Traces a tool of a server with {@link Langfuse#get()}. */
  public static SyncToolSpecification wrap(SyncToolSpecification tool) {
    return new LangfuseMcpBuilder(Langfuse::get).wrap(tool);
  }

  /** Traces a tool of a server with {@link Langfuse#get()}. */
  public static AsyncToolSpecification wrap(AsyncToolSpecification tool) {
    return new LangfuseMcpBuilder(Langfuse::get).wrap(tool);
  }

  /** For settings, and for a Langfuse client other than the default one. */
  public static LangfuseMcpBuilder builder(Langfuse langfuse) {
    return new LangfuseMcpBuilder(() -> langfuse);
  }
}
