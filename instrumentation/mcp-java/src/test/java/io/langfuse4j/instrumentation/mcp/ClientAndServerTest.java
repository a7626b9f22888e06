package io.langfuse4j.instrumentation.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.langfuse4j.instrumentation.testing.Integrates;
import io.langfuse4j.instrumentation.testing.Outcome;
import io.langfuse4j.instrumentation.testing.Shows;
import io.langfuse4j.instrumentation.testing.TracedTest;
import io.langfuse4j.testing.RecordedSpan;
import io.langfuse4j.testing.Requirement;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A client and a server in another JVM, over the protocol. */
@Integrates(library = "mcp-java", operation = "tools/call of a client")
class ClientAndServerTest extends TracedTest {

  private McpSyncClient client() {
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(
                    Path.of(System.getProperty("java.home"), "bin/java").toString())
                .args("-cp", classPath(), WeatherServer.class.getName())
                .env(
                    Map.of(
                        "LANGFUSE_PUBLIC_KEY", "pk",
                        "LANGFUSE_SECRET_KEY", "sk",
                        "LANGFUSE_BASE_URL", sink.url(),
                        "LANGFUSE_FLUSH_INTERVAL", "1"))
                .build(),
            McpJsonDefaults.getMapper());
    return McpClient.sync(LangfuseMcp.builder(langfuse).wrap(transport))
        .requestTimeout(Duration.ofSeconds(60))
        .initializationTimeout(Duration.ofSeconds(60))
        .build();
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Test
  @Requirement({"R2", "R3", "R4", "R9"})
  @Shows({Outcome.OK, Outcome.TOOL_CALL})
  void toolCall_isOneTraceFromTheClientThroughTheServer() {
    McpSyncClient client = client();
    langfuse.observe(
        "pipeline",
        root -> {
          client.initialize();
          client.listTools();
          var result = client.callTool(new CallToolRequest("weather", Map.of("city", "Paris")));
          assertThat(((TextContent) result.content().get(0)).text()).isEqualTo("Rain in Paris");
          return result;
        });

    await().atMost(Duration.ofSeconds(30)).until(() -> sent().size() == 4);
    client.closeGracefully();

    RecordedSpan root = sink.span("pipeline");
    RecordedSpan asked = child(root);
    RecordedSpan served = child(asked);
    RecordedSpan lookup = child(served);
    Map<String, Object> expected =
        Map.of("type", "tool", "input", Map.of("city", "Paris"), "output", "Rain in Paris");
    assertThat(asked.name()).isEqualTo("weather");
    assertThat(fields(asked)).containsAllEntriesOf(expected);
    assertThat(fields(asked)).containsEntry("metadata.mcp.method", "tools/call");
    assertThat(served.name()).isEqualTo("weather");
    assertThat(fields(served)).containsAllEntriesOf(expected);
    assertThat(lookup.name()).isEqualTo("lookup");
    assertThat(lookup.traceId()).isEqualTo(root.traceId());
  }

  private RecordedSpan child(RecordedSpan parent) {
    return sink.spans().stream()
        .filter(span -> span.parentSpanId().equals(parent.spanId()))
        .findAny()
        .orElseThrow();
  }
}
