package io.langfuse4j.server.mapping;

import java.util.List;
import java.util.Set;

/** Which span attributes have a place of their own and so are not repeated in the metadata. */
final class MetadataKeys {
  private static final Set<String> CONTENT =
      Set.of(
          "langfuse.trace.input",
          "langfuse.trace.output",
          "langfuse.observation.input",
          "langfuse.observation.output",
          "ai.prompt.messages",
          "ai.prompt",
          "ai.toolCall.args",
          "ai.response.text",
          "ai.result.text",
          "ai.toolCall.result",
          "ai.response.object",
          "ai.result.object",
          "ai.response.toolCalls",
          "ai.result.toolCalls",
          "gcp.vertex.agent.llm_request",
          "gcp.vertex.agent.llm_response",
          "gcp.vertex.agent.tool_call_args",
          "gcp.vertex.agent.tool_response",
          "prompt",
          "all_messages_events",
          "events",
          "lk.input_text",
          "lk.user_transcript",
          "lk.chat_ctx",
          "lk.user_input",
          "lk.function_tool.output",
          "lk.response.text",
          "lk.pii.input_text",
          "lk.pii.user_transcript",
          "lk.pii.chat_ctx",
          "lk.pii.user_input",
          "lk.pii.function_tool.output",
          "lk.pii.response.text",
          "mlflow.spanInputs",
          "mlflow.spanOutputs",
          "traceloop.entity.input",
          "traceloop.entity.output",
          "input.value",
          "output.value",
          "final_result",
          "pydantic_ai.all_messages",
          "gen_ai.system_instructions",
          "input",
          "output",
          "gen_ai.input.messages",
          "gen_ai.output.messages",
          "gen_ai.tool.call.arguments",
          "gen_ai.tool.call.result",
          "genkit:input",
          "genkit:output",
          "flue.turn.input",
          "flue.tool.arguments",
          "flue.task.prompt",
          "flue.workflow.payload",
          "flue.turn.output",
          "flue.tool.result",
          "flue.task.result",
          "flue.operation.result",
          "flue.workflow.result");

  /** Messages spread over dotted keys: the key itself and everything below it. */
  private static final List<String> SPREAD =
      List.of("gen_ai.prompt", "gen_ai.completion", "llm.input_messages", "llm.output_messages");

  private static final List<String> PREFIXES =
      List.of("langfuse.trace.metadata", "langfuse.observation.metadata", "ai.telemetry.metadata");

  /** Telemetry metadata of the Vercel SDK that feeds fields, not metadata. */
  static final Set<String> VERCEL_FIELDS =
      Set.of(
          "ai.telemetry.metadata.userId",
          "ai.telemetry.metadata.sessionId",
          "ai.telemetry.metadata.tags",
          "ai.telemetry.metadata.langfusePrompt");

  private MetadataKeys() {}

  static boolean hasOwnPlace(String key) {
    return CONTENT.contains(key) || isSpread(key) || hasPrefix(key);
  }

  private static boolean isSpread(String key) {
    for (String name : SPREAD) {
      if (key.equals(name) || DottedKeys.isBelow(key, name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean hasPrefix(String key) {
    for (String prefix : PREFIXES) {
      if (key.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }
}
