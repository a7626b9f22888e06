package io.langfuse4j.instrumentation.mcp;

import io.langfuse4j.instrumentation.Fields;
import io.langfuse4j.instrumentation.ModelResponse;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a tool, a resource or a prompt gave: as a client reads it, or as a server makes it. */
final class Results {

  private Results() {}

  static void describe(ModelResponse response, @Nullable Object result) {
    if (result instanceof CallToolResult made) {
      describe(response, made.structuredContent(), contents(made), made.isError());
      return;
    }
    Map<String, Object> read = Fields.object(result);
    if (read != null && read.get("content") instanceof List<?> content) {
      List<Object> parts = new ArrayList<>();
      content.forEach(part -> parts.add(text(part)));
      describe(response, read.get("structuredContent"), parts, read.get("isError"));
    } else {
      response.output(result);
    }
  }

  private static List<Object> contents(CallToolResult made) {
    List<Object> parts = new ArrayList<>();
    if (made.content() != null) {
      made.content()
          .forEach(part -> parts.add(part instanceof TextContent said ? said.text() : part));
    }
    return parts;
  }

  /** The text of a part that is nothing else. */
  private static Object text(@Nullable Object part) {
    Map<String, Object> fields = Fields.map(part);
    Object text = "text".equals(fields.get("type")) ? fields.get("text") : null;
    return text == null ? fields : text;
  }

  private static void describe(
      ModelResponse response,
      @Nullable Object structured,
      List<Object> parts,
      @Nullable Object isError) {
    Object output = structured != null ? structured : parts.size() == 1 ? parts.get(0) : parts;
    response.output(output);
    if (Boolean.TRUE.equals(isError)) {
      // What it says is content; the status must not carry it.
      response.error("The tool reported an error.");
    }
  }
}
