package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.Langfuse;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpServer;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServer;
import io.modelcontextprotocol.server.transport.StdioServerTransportProvider;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.util.List;
import java.util.Map;

/** A server on standard input and output that is traced. */
final class WeatherServer {

  private WeatherServer() {}

  static Tool tool(String name) {
    return Tool.builder()
        .name(name)
        .description("Weather of a city")
        .inputSchema(McpJsonDefaults.getMapper(), "{\"type\":\"object\"}")
        .build();
  }

  static CallToolResult said(String text, boolean isError) {
    return new CallToolResult(List.of(new TextContent(text)), isError, null, Map.of());
  }

  public static void main(String[] args) {
    SyncToolSpecification weather =
        SyncToolSpecification.builder()
            .tool(tool("weather"))
            .callHandler(
                (exchange, request) -> {
                  Langfuse.get().startObservation("lookup").end();
                  return said("Rain in " + request.arguments().get("city"), false);
                })
            .build();
    McpSyncServer server =
        McpServer.sync(new StdioServerTransportProvider(McpJsonDefaults.getMapper()))
            .serverInfo("weather", "1")
            .tools(LangfuseMcp.wrap(weather))
            .build();
    Runtime.getRuntime().addShutdownHook(new Thread(server::close));
  }
}
